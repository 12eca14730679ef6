# 两条命令:make chat 打开问答网页,make test 运行全部检查。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LINKS := build/src/kejian
PACKAGES := corpus ingest index assistant ui
PORT ?= 7860
# Two test processes: half of the waiting for browsers and programs overlaps; each takes about 2 GB of memory.
PROCESSES ?= 2
PYTEST := $(BIN)/pytest -n $(PROCESSES) --dist loadfile

export HF_HUB_OFFLINE := 1
export TRANSFORMERS_OFFLINE := 1

.PHONY: chat test test-all lint types install install-test links model browser decks clean help
.DEFAULT_GOAL := help

help:  ## 列出可用的命令
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# torch first and alone: a looser requirement would bring several gigabytes of GPU packages.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新:apt-get install python3"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "无法创建 .venv,请先安装:apt-get install python3-venv"; exit 2; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt torch
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[ocr]'
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[ocr,test]'
	@touch $@

install: $(VENV)/.installed  ## 安装到 .venv
install-test: $(VENV)/.installed-test

chat: install  ## 收入自带课件并打开网页 http://127.0.0.1:7860
	$(BIN)/kejian ingest --bundled
	$(BIN)/kejian serve --port $(PORT)

links:
	@mkdir -p $(LINKS)
	@for package in $(PACKAGES); do ln -sfn ../../../$$package $(LINKS)/$$package; done

lint: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-test links
	$(BIN)/mypy -p kejian

browser: ; @sh tests/install_browser.sh

test: lint types browser  ## 风格、类型和全部测试(含浏览器测试)
	$(PYTEST)

test-all: lint types browser  ## 另加耗时的测试
	$(PYTEST) -m 'slow or not slow'

decks: install  ## 由 corpus/decks 与 tests/decks 的 *.yaml 重新生成 .md 与 .pptx
	$(BIN)/python -m kejian.corpus.build_decks corpus/decks/*.yaml tests/decks/*.yaml

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache
