# Writes OUTPUT, a header with a hash of the library's sources in FOLDER: what has changed there may
# change what is rendered. Unlike a build id it is the same for every compiler and way of linking.
file(GLOB sources RELATIVE ${FOLDER} ${FOLDER}/*/*.c ${FOLDER}/*/*.h)
list(FILTER sources EXCLUDE REGEX "^(cli|batch)/")
list(SORT sources)
set(lines "")
foreach(source IN LISTS sources)
  file(SHA256 ${FOLDER}/${source} hash)
  string(APPEND lines "${hash} ${source}\n")
endforeach()
string(SHA256 hash "${lines}")
file(WRITE ${OUTPUT} "#define SATS_SOURCE_HASH \"source:${hash}\"\n")
