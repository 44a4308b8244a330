# assay_package_version and assay_date, from git.
#
# At the tag v1.2.0 the version is 1.2.0, three commits after it 1.2.0+3.gabc1234. Before the tag of the project's
# version there is none to count from: 1.2.0~git20300131.abc1234, which dpkg sorts before 1.2.0. Without git (a source
# archive) it is the project's version.
function(assay_git output)
  execute_process(COMMAND git -C ${PROJECT_SOURCE_DIR} ${ARGN} OUTPUT_VARIABLE text OUTPUT_STRIP_TRAILING_WHITESPACE
    ERROR_QUIET RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    set(text "")
  endif()
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(assay_version_from_git)
  set(version ${PROJECT_VERSION})
  assay_git(tagged describe --tags --long --match "v[0-9]*")
  assay_git(hash rev-parse --short=7 HEAD)
  assay_git(day log -1 --format=%cs)
  string(REPLACE "-" "" digits "${day}")
  if(tagged MATCHES "^v(.+)-([0-9]+)-g([0-9a-f]+)$" AND CMAKE_MATCH_1 STREQUAL PROJECT_VERSION)
    if(CMAKE_MATCH_2 GREATER 0)
      set(version ${PROJECT_VERSION}+${CMAKE_MATCH_2}.g${CMAKE_MATCH_3})
    endif()
  elseif(tagged MATCHES "^v(.+)-0-g")
    message(FATAL_ERROR "the tag v${CMAKE_MATCH_1} is not of the project's version ${PROJECT_VERSION}: mend one")
  elseif(hash)
    set(version ${PROJECT_VERSION}~git${digits}.${hash})
  endif()
  if(NOT day)
    string(TIMESTAMP day "%Y-%m-%d" UTC)  # of SOURCE_DATE_EPOCH, if that is set
  endif()
  set(assay_package_version ${version} PARENT_SCOPE)
  set(assay_date ${day} PARENT_SCOPE)
endfunction()

assay_version_from_git()
