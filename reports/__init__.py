"""What leaves the program as text, picture, workbook or document, and what comes in as a workbook."""
