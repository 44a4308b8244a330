# Writes the manual pages and the completions as the program prints them.
#   cmake -D PROGRAM=assay -D FOLDER=... -D DATE=2030-01-31 -P manual.cmake
function(assay_prints file)
  execute_process(COMMAND ${PROGRAM} ${ARGN} OUTPUT_FILE ${FOLDER}/${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(MAKE_DIRECTORY ${FOLDER}/man1 ${FOLDER}/man5)
execute_process(COMMAND ${PROGRAM} man --list OUTPUT_VARIABLE pages COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" pages "${pages}")
foreach(page IN LISTS pages)
  separate_arguments(words UNIX_COMMAND "${page}")
  list(POP_FRONT words file)
  string(REGEX MATCH "[0-9]$" section ${file})
  assay_prints(man${section}/${file} man ${words} --date ${DATE})
endforeach()

assay_prints(assay.bash completion bash)
assay_prints(_assay completion zsh)
assay_prints(assay.fish completion fish)
