"""What the template says beside each header. The import's format is Chinese whatever language its reader has chosen."""

from __future__ import annotations

from domain.roster_columns import Column

NOTES: dict[Column, str] = {
    Column.NAME: "必填。姓氏在前；少数民族姓名用“·”连接。",
    Column.STAFF_NO: "必填，按文本填写，保留前面的0；全表不得重复。",
    Column.UNIT: "必填。与“组织”表中的党支部名称一致。",
    Column.GROUP: "选填。表中没有的党小组，导入前会请您确认新增。",
    Column.STAGE: "必填，从列表中选择。",
    Column.BACKBONE: "填“是”或“否”，空着按“否”处理。",
    Column.TRACK: "有结对的填写，从列表中选择；随后请填导师和培养目标。",
    Column.MENTOR_NAME: "填了培养方向的必填。导师为正式党员；把党员培养成骨干的，导师还应是骨干。",
    Column.MENTOR_NO: "建议填写，以免重名。",
    Column.STARTS_ON: "如 2026-10-01。",
    Column.OUTCOME: "填了培养方向的必填：要达成什么。",
    Column.DIRECTION: "选填；空着由导师确认时补充。",
    Column.MEASURE: "选填：怎样算达成；空着由导师确认时补充。",
    Column.CADENCE: "选填：每周、每两周或每月；空着按本支部的规定。",
    Column.REPORT_DAY: "选填：每周、每两周的填“周五”，每月的填“25日”。",
    Column.AGREED_ON: "已签纸质协议的填写签订日期：结对随即生效，双方都会收到通知，可提出异议。",
    Column.OUTCOME_DUE: "如 2027-03-31，不得早于培养起始日期。",
    Column.ROTATION_POST: "有轮岗的填写岗位、单位、起止三项。",
    Column.ROTATION_UNIT: "接收的党支部，与“组织”表一致。",
    Column.ROTATION_TEAM: "选填，班组或部门名称。",
    Column.ROTATION_HOST: "选填，带教人的姓名。",
    Column.ROTATION_FROM: "如 2026-10-01至2026-12-31。",
    Column.REMARK: "选填，1000字以内。",
}
