# render.sh FOLDER: a page, and a report of 150,000 lines.
mkdir -p "$1.part"
echo '<!doctype html><title>Ready</title><p>The page that a deploy puts up.</p>' >"$1.part/index.html"
awk 'BEGIN { for (line = 1; line <= 150000; ++line) print line ",order " line * 7 % 1009 "," line % 97 }' \
  >"$1.part/report.csv"
mv "$1.part" "$1"
