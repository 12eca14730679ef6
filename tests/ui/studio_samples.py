"""A real library for the rooms beside 问答: the bundled deck, and one whose every text is hostile."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kejian.index.encoder import open_encoder
from kejian.index.model import Encoder
from kejian.ui.commands.ingest import bundled_decks

SCRIPT = '<script>document.title="owned"</script><img src=http://evil.invalid/x onerror="document.title=1">'
HOSTILE_DECK = f"""---
title: '{SCRIPT}'
---

<!-- slide: 5 -->

## 仓型 `{SCRIPT}`

### 甲型 `{SCRIPT}`

#### 优点

- `{SCRIPT}` 周转快

### 乙型

#### 优点

- `=1+1` 近

### `{SCRIPT}` 总部的组织结构

- 总部
  - 一部 `<b>x</b>`
  - 二部
"""
EXTRACT = (
    "21 仓库的组织结构与职责 仓库 • 每天盘点冷柜里的原料并登记差异 • 入库的时候核对批号和保质期 "
    "• 出库按先进先出的次序安排 收货组 发货组 • 每周清扫货架和地面并留下记录 "
    "22 门店的组织结构与职责 • 早上六点以前完成补货 • 收银员交接的时候清点备用金 "
    "• 临期的商品移到折扣区并每天更新价签 • 关店的时候检查电源门窗和冷柜温度"
)
LEAVE = "# 请假制度\n\n## 年假\n\n- 满一年的员工每年有五天年假\n"


@cache
def encoder() -> Encoder:
    return open_encoder(None)


def sample_files(folder: Path) -> list[Path]:
    """The bundled deck, and the hostile one written into ``folder``."""
    hostile = folder / "hostile.md"
    hostile.write_text(HOSTILE_DECK, encoding="utf-8")
    return [*bundled_decks(), hostile]
