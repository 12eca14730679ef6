"""Words of extracts: what sites add, and how titles and counts are told apart."""

import pytest

from kejian.corpus.extract_words import ExtractWords

WORDS = ExtractWords.bundled()


@pytest.mark.parametrize(
    "text",
    ["本站所有文章均来自网络", "由注册用户上传", "仅供学习参考", "如有侵犯您的版权", "知识产权归原作者", "免责声明"],
)
def test_words_of_sites(text: str) -> None:
    assert WORDS.site.search(text)


@pytest.mark.parametrize("text", ["阅读剩余 0%", "剩余 82% 未读", "还剩 12 页未读", "点击继续阅读全文"])
def test_progress(text: str) -> None:
    assert WORDS.progress.fullmatch(text)


@pytest.mark.parametrize("text", ["本站台设两名值班员", "版本说明", "学习阅读方法", "产权部的职责"])
def test_words_of_decks(text: str) -> None:
    assert not WORDS.site.search(text)
    assert not WORDS.progress.search(text)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某厂讲义(编辑修改稿)内容摘要:", "某厂讲义"),
        ("某厂讲义（完整版） 文档介绍：", "某厂讲义"),
        ("内容摘要:", ""),
    ],
)
def test_openings(head: str, title: str) -> None:
    found = WORDS.opening.match(head + "正文")
    assert found is not None
    assert found["title"] == title


def test_an_opening_stands_at_the_beginning() -> None:
    assert WORDS.opening.match("第一行\n某厂讲义 内容摘要:") is None


def test_titles() -> None:
    assert WORDS.ends_like_title("仓库組織架構")
    assert not WORDS.ends_like_title("职责")


@pytest.mark.parametrize(
    "text",
    [
        "文档热度:★★★★",
        "资料来源:网络",
        "当前位置:首页 > 培训资料",
        "粤ICP备12345678号-1",
        "付费下载 ￥5.00",
        "扫码关注公众号",
    ],
)
def test_fringes(text: str) -> None:
    assert WORDS.fringe.search(text) or WORDS.stamp.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "用户上传材料的审核流程",
        "会员专享权益说明",
        "VIP会员等级",
        "下载量统计表",
        "文档管理要求",
        "收藏价值的判断",
        "评分标准:5分制",
    ],
)
def test_lines_of_decks_about_such_matters_are_no_stamps(text: str) -> None:
    assert not WORDS.stamp.search(text)
