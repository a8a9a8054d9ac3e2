#!/usr/bin/env bash
# Makes what the image needs beside jars, below OUT, from the JDK that runs Maven:
#   runtime/opt/java   a Java runtime of the given modules
#   root/              with base scratch, what else a process needs: the C libraries of that runtime, a user, /tmp
#   app/app            where users put their jars, and the options of Furrow's command line: java @/app/furrow
# Does nothing when what is there was made from the same.
set -euo pipefail
java_home=$1 out=$2 base=$3 modules=$4

stamp=$(cat "$0" "$java_home/release" <(echo "$base" "$modules") | sha256sum | cut -d ' ' -f 1)
if [[ -f $out/stamp && $(<"$out/stamp") == "$stamp" ]]; then
  exit 0
fi
rm -rf "$out"
mkdir -p "$out/runtime/opt" "$out/root" "$out/app/app/tasks"

java=$out/runtime/opt/java
"$java_home/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$java"
# Without an archive of its classes, which would differ from build to build and save a tenth of a second.
# Of Debian's JDK, authorities are a link out of its folder.
if [[ ! -s $java/lib/security/cacerts ]]; then
  rm -f "$java/lib/security/cacerts"
  cp -L "$java_home/lib/security/cacerts" "$java/lib/security/cacerts"
fi

if [[ $base == scratch ]]; then
  root=$out/root
  libraries=$(find "$java" -type f \( -name '*.so' -o -path '*/bin/java' \) -exec ldd {} + |
    sed -nE 's#^.*[[:space:]](/[^ ]+) \(0x.*#\1#p' | grep -v "^$java" | sort -u)
  # glibc loads these when a name is looked up.
  folder=$(dirname "$(grep -m 1 '/libc\.so' <<<"$libraries")")
  for name in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
    [[ ! -e $folder/$name ]] || libraries+=$'\n'$folder/$name
  done
  for library in $libraries; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
    chmod u+w "$root$library"
  done
  mkdir -p "$root/etc" "$root/tmp" "$root/proc" "$root/dev"
  echo 'furrow:x:10001:10001:Furrow:/tmp:/sbin/nologin' >"$root/etc/passwd"
  echo 'furrow:x:10001:' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
fi
echo '-Xmx64m -XX:+UseSerialGC -XX:-UsePerfData -cp /app/libs/*:/app/tasks:/app/tasks/* dev.furrow.node.Main' >"$out/app/app/furrow"
echo "$stamp" >"$out/stamp"
