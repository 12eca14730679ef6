"""Slides with tables: merged both ways, heads on either side, two rows of heads, transposed."""

from __future__ import annotations

from slide_maker import SlideMaker
from truth import Truth

PLACE = (20.0, 120.0, 680.0, 300.0)


def plain(slide: SlideMaker) -> None:
    slide.table(PLACE, (("部门", "职责", "编制"), ("市场部", "宣传\n调研", "5"), ("销售部", "签约", "8")))


def transposed(slide: SlideMaker) -> None:
    slide.table(PLACE, (("", "直线制", "矩阵制"), ("优点", "权责清楚", "调度灵活"), ("缺点", "横向不通", "双重领导")))


def merged(slide: SlideMaker) -> None:
    rows = (
        ("中心", "部门", "职责", ""),
        ("营销中心", "市场部", "宣传", "调研"),
        ("", "销售部", "签约", "回款"),
        ("网络中心", "维护部", "巡检", ""),
    )
    slide.table(PLACE, rows, [(1, 0, 2, 0), (0, 2, 0, 3), (3, 2, 3, 3)])


def two_rows_of_heads(slide: SlideMaker) -> None:
    rows = (
        ("费用标准", "", "", ""),
        ("级别", "住宿", "", "餐补"),
        ("", "一线", "其他", ""),
        ("经理", "500", "400", "100"),
    )
    slide.table(PLACE, rows, [(0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3)])


def keyed(slide: SlideMaker) -> None:
    frame = slide.table(PLACE, (("培训时间", "周一上午"), ("培训地点", "二楼会议室"), ("讲师", "王老师")))
    frame.table.first_row = False


def hidden_cells(slide: SlideMaker) -> None:
    """What stands in a cell that a merged one covers is shown nowhere."""
    frame = slide.table(
        PLACE, (("级别", "津贴", "说明"), ("甲级", "300", "每月"), ("乙级", "", "每月")), [(1, 1, 2, 1)]
    )
    frame.table.cell(2, 1)._tc.txBody.p_lst[0].append_text("盖住了")


def several(slide: SlideMaker) -> None:
    slide.text((360, 120, 320, 24), "乙班课程")
    slide.table((360, 150, 320, 120), (("课程", "课时"), ("礼仪", "4"), ("沟通", "6")))
    slide.text((20, 120, 320, 24), "甲班课程")
    slide.table((20, 150, 320, 120), (("课程", "课时"), ("制度", "2"), ("安全", "3")))
    slide.text((20, 300, 660, 24), "两班同时开课。")


def of_boxes(slide: SlideMaker) -> None:
    """Rectangles side by side, created column by column."""
    rows = (("部门", "职责", "编制"), ("市场部", "宣传", "5"), ("销售部", "签约", "8"))
    for column in range(3):
        for row in (2, 0, 1):
            slide.box((60 + 160 * column, 140 + 50 * row, 160, 50), rows[row][column])


TABLES = (
    Truth("方框拼成的表", of_boxes, "部门 | 职责 | 编制\n市场部 | 宣传 | 5\n销售部 | 签约 | 8",
          cells={"宣传": ("市场部", "职责"), "8": ("销售部", "编制")}, facts=(("销售部", "职责", "签约"),)),
    Truth("部门一览", plain, "部门 | 职责 | 编制\n市场部 | 宣传；调研 | 5\n销售部 | 签约 | 8",
          cells={"宣传": ("市场部", "职责"), "调研": ("市场部", "职责"), "8": ("销售部", "编制")},
          facts=(("市场部", "职责", "调研"), ("销售部", "编制", "8"))),
    Truth("两种结构", transposed, "直线制 | 矩阵制\n优点 | 权责清楚 | 调度灵活\n缺点 | 横向不通 | 双重领导",
          cells={"调度灵活": ("优点", "矩阵制"), "横向不通": ("缺点", "直线制")},
          facts=(("矩阵制", "优点", "调度灵活"), ("直线制", "缺点", "横向不通"))),
    Truth("中心与部门", merged,
          "中心 | 部门 | 职责\n营销中心 | 市场部 | 宣传 | 调研\n销售部 | 签约 | 回款\n网络中心 | 维护部 | 巡检",
          cells={"回款": ("销售部", "职责"), "巡检": ("维护部", "职责")},
          facts=(("销售部", "职责", "签约"), ("销售部", "职责", "回款"), ("维护部", "职责", "巡检"))),
    Truth("差旅", two_rows_of_heads, "费用标准\n级别 | 住宿 | 餐补\n一线 | 其他\n经理 | 500 | 400 | 100",
          cells={"500": ("经理", "住宿 一线"), "400": ("经理", "住宿 其他"), "100": ("经理", "餐补")},
          facts=(("经理", "住宿 一线", "500"), ("经理", "餐补", "100"))),
    Truth("培训安排", keyed, "培训时间 | 周一上午\n培训地点 | 二楼会议室\n讲师 | 王老师",
          cells={"二楼会议室": ("培训地点", "")}),
    Truth("津贴", hidden_cells, "级别 | 津贴 | 说明\n甲级 | 300 | 每月\n乙级 | 每月",
          facts=(("甲级", "津贴", "300"), ("乙级", "津贴", "300"), ("乙级", "说明", "每月"))),
    Truth("课程安排", several,
          "甲班课程\n课程 | 课时\n制度 | 2\n安全 | 3\n乙班课程\n课程 | 课时\n礼仪 | 4\n沟通 | 6\n两班同时开课。",
          facts=(("制度", "课时", "2"), ("沟通", "课时", "6"))),
)  # fmt: skip
