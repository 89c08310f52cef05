#!/usr/bin/env bash
# Builds the native part of @tensorflow/tfjs-node where its own installer cannot download it (Linux x64): bash scripts/install-tfjs-node.sh
# Headers and the C interface come from the Python wheel of the TensorFlow that the binding names, the binding is compiled from its own source.
# Needs python3 with pip, gcc and g++. Says what failed and ends with 1 where it cannot be had; training then runs on WebAssembly.
set -euo pipefail
cd "$(dirname "$0")/.."

tensorflow=2.9.1 # what tfjs-node 4.22.0 is built for
library=_pywrap_tensorflow_internal.so
package="$PWD/node_modules/@tensorflow/tfjs-node"
binding="$package/lib/napi-v8/tfjs_binding.node"

fail() { printf 'tfjs-node: %s\n' "$*" >&2; exit 1; }
loads() { node scripts/check-tfjs-node.cjs; }

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "only Linux on x86_64 is built here; on other machines run npm rebuild @tensorflow/tfjs-node"
[ -d "$package" ] || fail "the package is not installed; run npm install"
[ -f "$binding" ] && loads && exit 0
for tool in python3 gcc g++ nm; do [ -n "$(type -P $tool)" ] || fail "$tool is not installed"; done

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m pip --version > /dev/null 2>&1 || fail "python3 has no pip"
printf 'tfjs-node: fetching the wheel of TensorFlow %s\n' "$tensorflow"
# The library is that of one Python version; nothing of Python is run.
python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.10 --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 \
  --dest "$work" "tensorflow-cpu==$tensorflow" || fail "pip could not download tensorflow-cpu $tensorflow"
(cd "$work" && npm pack --silent node-api-headers@1.9.0 > /dev/null && tar xzf node-api-headers-*.tgz) || fail "npm could not fetch node-api-headers"
python3 - "$work" <<'PYTHON'
import glob, sys, zipfile
work = sys.argv[1]
wheel = zipfile.ZipFile(glob.glob(work + '/*.whl')[0])
wanted = ('tensorflow/python/_pywrap_tensorflow_internal.so', 'tensorflow/libtensorflow_framework.so.2', 'tensorflow/include/tensorflow/')
wheel.extractall(work, [name for name in wheel.namelist() if name.startswith(wanted)])
PYTHON

libraries="$package/deps/lib"
mkdir -p "$libraries" "$(dirname "$binding")"
mv "$work/tensorflow/libtensorflow_framework.so.2" "$libraries/"
mv "$work/tensorflow/python/$library" "$libraries/"
# The library also holds the Python module, which is never entered; the names it lacks are given room, so that it loads without Python.
nm -D --undefined-only "$libraries/$library" | awk '$2 ~ /^_?Py/ {print "char " $2 "[512];"}' | sort -u > "$work/python-names.c"
gcc -shared -fPIC -o "$libraries/libpython_names.so" "$work/python-names.c"
printf 'tfjs-node: compiling the binding\n'
g++ -O2 -std=c++17 -shared -fPIC -I "$package" -I "$work/tensorflow/include" -I "$work/package/include" \
  "$package/binding/tfjs_backend.cc" "$package/binding/tfjs_binding.cc" -o "$binding" \
  -L "$libraries" -Wl,--no-as-needed -lpython_names -l:$library -l:libtensorflow_framework.so.2 \
  -Wl,-rpath,'$ORIGIN/../../deps/lib' || fail "the binding does not compile"
loads || fail "the binding was built and does not load"
