#!/bin/sh
# The browser tests need Chromium and a Chinese font from the system; install them where that is allowed.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list 2>/dev/null | grep -q -i "cjk" || missing="$missing fontconfig fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "正在安装浏览器测试所需的系统软件:$missing"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; } >/dev/null && exit 0
fi
echo "浏览器测试缺少系统软件,请运行:sudo apt-get install $missing" >&2
[ "${CI:-}" = true ] && exit 1
exit 0
