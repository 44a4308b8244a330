# Installs the build into an empty prefix, moves that prefix, and builds and runs programs of a stranger against it.
cmake_policy(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect_output pattern)
  if(NOT output MATCHES "${pattern}")
    message(FATAL_ERROR "expected ${pattern}; printed was: ${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/made)
file(RENAME ${SCRATCH}/made ${SCRATCH}/moved)

# The installed headers are those of the list in CMakeLists.txt, and none shows a library that assay is made of.
file(GLOB_RECURSE installed RELATIVE ${SCRATCH}/moved/include ${SCRATCH}/moved/include/*)
list(TRANSFORM HEADERS PREPEND assay/)
list(SORT HEADERS)
list(SORT installed)
if(NOT installed STREQUAL HEADERS)
  message(FATAL_ERROR "installed are\n${installed}\nand the list says\n${HEADERS}")
endif()
foreach(header IN LISTS installed)
  file(STRINGS ${SCRATCH}/moved/include/${header} foreign
    REGEX "#include (\"|<(nlohmann|fmt|SQLiteCpp|sqlite3|boost|Eigen|toml|pugixml|sodium))")
  if(foreign)
    message(FATAL_ERROR "${header} has ${foreign}")
  endif()
endforeach()

list(JOIN installed "\n" lines)
file(WRITE ${SCRATCH}/headers.txt "${lines}\n")
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CONSUMER} -B ${SCRATCH}/build -D CMAKE_PREFIX_PATH=${SCRATCH}/moved
  -D CMAKE_CXX_COMPILER=${COMPILER} -D HEADERS=${SCRATCH}/headers.txt -D INCLUDES=${SCRATCH}/moved/include)
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
run(${SCRATCH}/build/consumer_stats)
expect_output("estimate -0\\.10")

# A component needs nothing of the others: libraries that only they link may be missing. Each is hidden by its switch.
foreach(components IN ITEMS "span;fmt,SQLiteCpp,pugixml,simdjson,PkgConfig,Threads" "stats;SQLiteCpp,pugixml,simdjson")
  list(GET components 0 component)
  list(GET components 1 hidden)
  string(REPLACE "," ";" hidden ${hidden})
  list(TRANSFORM hidden REPLACE "(.+)" "-DCMAKE_DISABLE_FIND_PACKAGE_\\1=ON")
  run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CONSUMER}/one_component -B ${SCRATCH}/${component}
    -D CMAKE_PREFIX_PATH=${SCRATCH}/moved -D CMAKE_CXX_COMPILER=${COMPILER} -D COMPONENT=${component} ${hidden})
  run(${CMAKE_COMMAND} --build ${SCRATCH}/${component})
endforeach()

# A component that does not exist is refused by its name; one that is only wished for is not.
execute_process(COMMAND ${CMAKE_COMMAND} -G ${GENERATOR} -S ${CONSUMER}/one_component -B ${SCRATCH}/unknown
  -D CMAKE_PREFIX_PATH=${SCRATCH}/moved -D CMAKE_CXX_COMPILER=${COMPILER} -D COMPONENT=spam
  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
string(REGEX REPLACE "[ \n]+" " " output "${output}")
if(code EQUAL 0)
  message(FATAL_ERROR "a component that does not exist was found")
endif()
expect_output("assay has no component \"spam\"; it has: span, stats, compare, experiment")
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CONSUMER}/one_component -B ${SCRATCH}/wished
  -D CMAKE_PREFIX_PATH=${SCRATCH}/moved -D CMAKE_CXX_COMPILER=${COMPILER} -D COMPONENT=span -D WISHED=spam)

# Spans: nothing without a trial around it, and a ring with one.
run(${SCRATCH}/build/consumer_span)
run(${CMAKE_COMMAND} -E env ASSAY_SPANS=${SCRATCH}/spans ${SCRATCH}/build/consumer_span)
file(GLOB ring ${SCRATCH}/spans*)
if(NOT ring STREQUAL "${SCRATCH}/spans.ring")
  message(FATAL_ERROR "the span left ${ring}")
endif()

# Two functions; and an experiment file, run to its record and then refused by it.
run(${SCRATCH}/build/consumer_compare)
expect_output("^half is [0-9.]+x faster than whole")
file(MAKE_DIRECTORY ${SCRATCH}/lab)
set(ENV{ASSAY_LOCK_DIR} ${SCRATCH}/lab)
set(ENV{ASSAY_ACTOR} ada)
file(COPY ${CONSUMER}/experiment.toml DESTINATION ${SCRATCH}/lab)
execute_process(COMMAND ${SCRATCH}/moved/bin/assay init WORKING_DIRECTORY ${SCRATCH}/lab OUTPUT_QUIET)
run(${SCRATCH}/build/consumer_experiment ${SCRATCH}/lab/experiment.toml)
expect_output("^0001-poll improved: -2[0-9.]+ % to -1[0-9.]+ %")
execute_process(COMMAND ${SCRATCH}/build/consumer_experiment ${SCRATCH}/lab/experiment.toml
  RESULT_VARIABLE code OUTPUT_VARIABLE output)
expect_output("^refused by record 0001-poll\n$")
if(NOT code EQUAL 5)
  message(FATAL_ERROR "a refused consumer ended with ${code}")
endif()

# The example, in a build of its own.
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${EXAMPLE} -B ${SCRATCH}/embed -D CMAKE_PREFIX_PATH=${SCRATCH}/moved
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=Release)
run(${CMAKE_COMMAND} --build ${SCRATCH}/embed)
run(${SCRATCH}/embed/embed)
expect_output("blocks of [0-9]+ calls each")

# Without CMake, by pkg-config.
set(ENV{PKG_CONFIG_PATH} ${SCRATCH}/moved/${LIBRARIES}/pkgconfig)
run(pkg-config --cflags --libs --static assay)
separate_arguments(flags UNIX_COMMAND "${output}")
run(${COMPILER} -std=c++20 ${CONSUMER}/compare.cpp ${flags} -o ${SCRATCH}/by_pkg_config)
run(${SCRATCH}/by_pkg_config)
expect_output("^half is [0-9.]+x faster than whole")

run(${SCRATCH}/moved/bin/assay-span phase -- ${CMAKE_COMMAND} -E true)
run(${SCRATCH}/moved/bin/assay --version)
expect_output("^assay [0-9]+\\.[0-9]+")
