// `agent-ai-conformance completion SHELL`: prints the script by which a shell completes commands, options and names. All that is
// in it is a call of `complete`, which knows them.
import './own-process.ts';
import { Argument, Command } from 'commander';
import { usedWrongly } from '../system/exit-codes.ts';

/** `complete` prints a line for each word: the word, a tab, and what it means. Where it knows none, the shell offers files. */
const scripts = {
  bash: `_agent_ai_conformance() {
  local IFS=$'\\n'
  COMPREPLY=($(agent-ai-conformance complete "--word=\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null | cut -f 1))
}
complete -o default -F _agent_ai_conformance agent-ai-conformance`,
  zsh: `#compdef agent-ai-conformance
_agent_ai_conformance() {
  local -a found
  found=("\${(@f)$(agent-ai-conformance complete "--word=\${words[CURRENT]}" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( $#found )); then
    found=("\${(@)found//:/\\\\:}")
    found=("\${(@)found/$'\\t'/:}")
    _describe agent-ai-conformance found
  else
    _files
  fi
}
if [ "$funcstack[1]" = _agent_ai_conformance ]; then _agent_ai_conformance "$@"; else compdef _agent_ai_conformance agent-ai-conformance; fi`,
  fish: `function __agent_ai_conformance
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l found (agent-ai-conformance complete "--word=$word" $words[2..-1] 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path $word
    end
end
complete -c agent-ai-conformance -f -a '(__agent_ai_conformance)'`,
  powershell: `Register-ArgumentCompleter -Native -CommandName agent-ai-conformance -ScriptBlock {
  param($word, $ast, $position)
  $before = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  agent-ai-conformance complete "--word=$word" @before 2>$null | ForEach-Object {
    $value, $means = $_ -split "\`t", 2
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $means)
  }
}`,
};

const command = new Command('completion')
  .description(
    'Prints the script by which a shell completes commands, options, tags and the names of profiles.',
  )
  .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(scripts)))
  .addHelpText(
    'after',
    `
How to load it:
  bash        eval "$(agent-ai-conformance completion bash)"                                in ~/.bashrc
  zsh         eval "$(agent-ai-conformance completion zsh)"                                 in ~/.zshrc, after compinit
  fish        agent-ai-conformance completion fish | source                                 in ~/.config/fish/config.fish
  powershell  agent-ai-conformance completion powershell | Out-String | Invoke-Expression   in $PROFILE`,
  )
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

const [shell] = command.parse().args as [keyof typeof scripts];
console.log(scripts[shell]);
