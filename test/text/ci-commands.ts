// What a CI obeys when it stands in a log, as a tenant or a log may send it.

export const commands =
  '##vso[task.setvariable variable=a]b ###[error]c ##teamcity[x]\n::error file=f::e\n \t::stop-commands::t\n::set-env name=a::b';

/** Any of them, in what a command has printed. */
export const command = /##[\w.-]*\[|^\s*::.*::/m;
