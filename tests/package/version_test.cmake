# The version of the packages follows the tags of git, by the rules of version.cmake.
# cmake -D VERSION_FILE=.../version.cmake -D SCRATCH=FOLDER -P version_test.cmake
cmake_minimum_required(VERSION 3.25)

function(git)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
      GIT_AUTHOR_DATE=2030-01-31T12:00:00Z GIT_COMMITTER_DATE=2030-01-31T12:00:00Z
      git -C ${SCRATCH}/repository -c user.name=a -c user.email=a@example.org ${ARGN}
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET ERROR_QUIET)
endfunction()

function(commit)
  git(commit --allow-empty -m change)
endfunction()

# What version.cmake answers in that folder, as "version day" or the error.
function(answer_in folder output)
  file(WRITE ${SCRATCH}/ask.cmake "
    set(PROJECT_SOURCE_DIR ${folder})
    set(PROJECT_VERSION 1.2.0)
    include(${VERSION_FILE})
    message(\"\${assay_package_version} \${assay_date}\")")
  # Folders above the scratch folder may belong to a repository, too.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env GIT_CEILING_DIRECTORIES=${SCRATCH} SOURCE_DATE_EPOCH=0
      ${CMAKE_COMMAND} -P ${SCRATCH}/ask.cmake
    ERROR_VARIABLE answer OUTPUT_QUIET)
  string(STRIP "${answer}" answer)
  set(${output} "${answer}" PARENT_SCOPE)
endfunction()

function(expect what folder pattern)
  answer_in(${folder} answer)
  if(NOT answer MATCHES "${pattern}")
    message(SEND_ERROR "${what}: \"${answer}\" does not match \"${pattern}\"")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH}/repository ${SCRATCH}/archive)
git(init)
commit()
expect("before the first tag" ${SCRATCH}/repository "^1\\.2\\.0~git20300131\\.[0-9a-f]+ 2030-01-31$")
git(tag other)
expect("a tag that is no version" ${SCRATCH}/repository "^1\\.2\\.0~git20300131\\.")
git(tag v1.1.0)
expect("at the tag of another version" ${SCRATCH}/repository "the tag v1\\.1\\.0 is not of the project's version 1\\.2\\.0")
commit()
expect("after the tag of another version" ${SCRATCH}/repository "^1\\.2\\.0~git20300131\\.")
git(tag v1.2.0)
expect("at the tag" ${SCRATCH}/repository "^1\\.2\\.0 2030-01-31$")
commit()
commit()
commit()
expect("three commits after the tag" ${SCRATCH}/repository "^1\\.2\\.0\\+3\\.g[0-9a-f]+ 2030-01-31$")
expect("a source archive" ${SCRATCH}/archive "^1\\.2\\.0 1970-01-01$")

# dpkg has to sort them in the order in which they are made.
foreach(pair IN ITEMS "1.2.0~git20300131.abc1234 lt 1.2.0" "1.2.0 lt 1.2.0+3.gabc1234" "1.2.0+3.gabc1234 lt 1.2.1")
  separate_arguments(words UNIX_COMMAND "${pair}")
  execute_process(COMMAND dpkg --compare-versions ${words} RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    message(SEND_ERROR "dpkg does not say ${pair}")
  endif()
endforeach()
