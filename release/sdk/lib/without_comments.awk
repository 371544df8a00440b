# Rewrites the C headers that it is given without its comments, which are half of what is downloaded of them; but
# for those that speak of rights.
BEGIN { RS = "\001" } # a file is one record

{
    left = $0
    kept = ""
    while (match(left, /\/\*|\/\/|"/)) {
        sign = substr(left, RSTART, RLENGTH)
        kept = kept substr(left, 1, RSTART - 1)
        left = substr(left, RSTART)
        if (sign == "\"") {
            # To the end of the literal, or of what is none.
            if (!match(left, /^"([^"\\\n]|\\.)*"/)) RLENGTH = 1
            kept = kept substr(left, 1, RLENGTH)
            left = substr(left, RLENGTH + 1)
            continue
        }
        end = sign == "/*" ? index(substr(left, 3), "*/") + 3 : index(left "\n", "\n") - 1
        comment = substr(left, 1, end)
        left = substr(left, end + 1)
        kept = kept (tolower(comment) ~ /copyright|licen[cs]e|spdx|\(c\)|warrant/ ? comment : sign == "/*" ? " " : "")
    }
    text = kept left
    gsub(/[ \t]+\n/, "\n", text)
    gsub(/\n\n\n+/, "\n\n", text)
    bare[FILENAME] = text
}

END {
    for (name in bare) {
        printf "%s", bare[name] > name
        close(name)
    }
}
