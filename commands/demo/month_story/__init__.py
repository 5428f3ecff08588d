"""October in one branch, day by day, by the six people whose month it is: hands, handovers and second thoughts."""
