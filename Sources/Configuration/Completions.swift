import Bytes

/// What completes command lines in shells.
package enum Completions {
    /// - Parameters:
    ///   - shell: one of `Command.shells`.
    ///   - names: those of sets and tools, for the setting that selects tools.
    /// - Returns: nil for another shell.
    package static func text(for shell: String, tools: [CompletedTool], names: [String]) -> String? {
        let names = names.joined(separator: " ")
        switch shell {
        case "bash": return bash(tools, names)
        case "zsh": return zsh(tools, names)
        case "fish": return fish(tools, names)
        default: return nil
        }
    }

    /// The words that may follow a command, joined by whitespace.
    private static func operands(of command: Command, _ tools: [CompletedTool]) -> String {
        switch command {
        case .call: tools.map { $0.name }.joined(separator: " ")
        case .completions: Command.shells.joined(separator: " ")
        case .help: Command.allCases.map { $0.spec.name }.joined(separator: " ")
        default: command.spec.switches.map { $0.flag }.joined(separator: " ")
        }
    }

    /// The words that a setting takes, joined by whitespace; nil when they are not of a kind that is known.
    private static func values(of kind: SettingSpec.Kind, _ names: String) -> String? {
        switch kind {
        case .choice(let words): words.joined(separator: " ")
        case .tools: names
        case .address: "localhost 127.0.0.1 0.0.0.0 ::1 ::"
        default: nil
        }
    }

    private static let settings = Setting.allCases.map { $0.spec }.filter { $0.flag != nil }

    // MARK: bash

    private static func bash(_ tools: [CompletedTool], _ selectable: String) -> String {
        var flags = ["--help", "--version"]
        var cases = ""
        for setting in settings {
            guard let flag = setting.flag else { continue }
            flags.append(flag)
            if setting.kind == .path {
                // As names of files, a folder can be gone into, and whitespace are quoted.
                cases += "    \(flag))\n        compopt -o filenames 2>/dev/null\n"
                cases += "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n        return ;;\n"
            } else {
                // A word with a colon is several here.
                let words = (values(of: setting.kind, selectable) ?? "").split(separator: " ")
                    .filter { !$0.utf8.contains(UInt8(ascii: ":")) }.joined(separator: " ")
                cases += "    \(flag)) words=\"\(words)\""
                // What stands before the last comma stays.
                if setting.kind == .tools {
                    cases += "\n        [[ $current == *,* ]] && words=${current%,*},${words// / ${current%,*},}"
                }
                cases += " ;;\n"
            }
        }
        let names = Command.allCases.map { $0.spec.name }.joined(separator: " ")
        var following = ""
        for command in Command.allCases {
            let words = operands(of: command, tools)
            if command == .call {
                following += "        call)\n            words=\"\(words)\"\n" + bashArguments(tools)
            } else if !words.isEmpty {
                following += "        \(command.spec.name)) words=\"\(words)\" ;;\n"
            }
        }
        return """
            # bash completion of tmdb-mcp. An equals sign is a word of its own here.
            _tmdb_mcp() {
                local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
                local command="" word words="" argument="" commands="\(names)"
                if [ "$current" = = ]; then current='' argument=$before; fi
                if [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD - 2]} argument=$before; fi
                case $before in
            \(cases)    *)
                    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                        case " $commands " in *" $word "*) command=$word && break ;; esac
                    done
                    case $command in
                    "") words=$commands ;;
            \(following)        esac
                    case $current in -*) words="$words \(flags.joined(separator: " "))" ;; esac
                    ;;
                esac
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
            }
            complete -F _tmdb_mcp tmdb-mcp

            """
    }

    /// What may follow the name of a tool: the names of its arguments, and behind one its values.
    private static func bashArguments(_ tools: [CompletedTool]) -> String {
        var text = "            case \" ${COMP_WORDS[*]:0:COMP_CWORD} \" in\n"
        for tool in tools {
            let names = tool.arguments.map { $0.name + "=" }.joined(separator: " ")
            text += "            *\" call \(tool.name) \"*)\n                case $argument in\n"
            text += "                \"\") words=\"\(names)\" && compopt -o nospace 2>/dev/null ;;\n"
            for argument in tool.choices {
                let values = argument.values.joined(separator: " ")
                text += "                \(argument.name)) words=\"\(values)\" ;;\n"
            }
            text += "                *) words=\"\" ;;\n                esac\n                ;;\n"
        }
        return text + "            esac\n            ;;\n"
    }

    // MARK: zsh

    private static func zsh(_ tools: [CompletedTool], _ selectable: String) -> String {
        var specifications = "        '(- *)'{-h,--help}'[help]' '(- *)'{-V,--version}'[the version]' \\\n"
        for setting in settings {
            let words = values(of: setting.kind, selectable)
            let action =
                switch setting.kind {
                case .path: "_files"
                case .tools: "_values -s , tool \(selectable)"
                default: words.map { "(\($0))" } ?? " "
                }
            let summary = quoted(setting.summary, also: "[]:")
            let flag = "\(setting.flag ?? "")=[\(summary)]:\(setting.placeholder):"
            specifications += "        '\(flag)\(quoted(action, also: ":"))' \\\n"
        }
        var names = ""
        var following = ""
        for command in Command.allCases {
            let spec = command.spec
            names += "            '\(spec.name):\(quoted(spec.summary, also: ""))'\n"
            let words = operands(of: command, tools)
            if command == .call {
                following += "        call)\n" + zshArguments(tools, words) + "            ;;\n"
            } else if !words.isEmpty {
                following += "        \(spec.name)) compadd -- \(words) ;;\n"
            }
        }
        return """
            #compdef tmdb-mcp
            _tmdb_mcp() {
                local state line
                local -a names
                _arguments -S \\
            \(specifications)        '1:command:->command' '*:operand:->operand'
                case $state in
                command)
                    names=(
            \(names)        )
                    _describe command names
                    ;;
                operand)
                    case $line[1] in
            \(following)        esac
                    ;;
                esac
            }
            if [ "$funcstack[1]" = _tmdb_mcp ]; then _tmdb_mcp "$@"; else compdef _tmdb_mcp tmdb-mcp; fi

            """
    }

    private static func zshArguments(_ tools: [CompletedTool], _ names: String) -> String {
        var text = "            local tool=$line[2]\n            [[ $words[CURRENT] == $tool ]] && tool=\n"
        text += "            case $tool in\n"
        for tool in tools {
            text += "            \(tool.name))\n                if compset -P '*='; then\n"
            text += "                    case $IPREFIX in\n"
            for argument in tool.choices {
                text +=
                    "                    \(argument.name)=) compadd -- \(argument.values.joined(separator: " ")) ;;\n"
            }
            let names = tool.arguments.map { $0.name }.joined(separator: " ")
            text += "                    esac\n                else\n                    compadd -S = -- \(names)\n"
            text += "                fi\n                ;;\n"
        }
        return text + "            *) compadd -- \(names) ;;\n            esac\n"
    }

    // MARK: fish

    private static func fish(_ tools: [CompletedTool], _ selectable: String) -> String {
        var text = "complete -c tmdb-mcp -f\n"
        text += "complete -c tmdb-mcp -s h -l help -d 'help'\ncomplete -c tmdb-mcp -s V -l version -d 'the version'\n"
        for setting in settings {
            let name = (setting.flag ?? "").dropFirst(2)
            var words = values(of: setting.kind, selectable).map { " -a '\($0)'" } ?? ""
            if setting.kind == .tools { words = " -a '(__fish_append , \(selectable))'" }
            let form = setting.kind == .path ? "-r -F" : "-x" + words
            text += "complete -c tmdb-mcp -l \(name) \(form) -d '\(quoted(setting.summary, also: ""))'\n"
        }
        for command in Command.allCases {
            let spec = command.spec
            let summary = quoted(spec.summary, also: "")
            text += "complete -c tmdb-mcp -n __fish_use_subcommand -a \(spec.name) -d '\(summary)'\n"
            let words = operands(of: command, tools)
            guard !words.isEmpty else { continue }
            if command == .call {
                text += fishArguments(tools, words)
                continue
            }
            text += "complete -c tmdb-mcp -n '__fish_seen_subcommand_from \(spec.name)' -a '\(words)'\n"
        }
        return text
    }

    private static func fishArguments(_ tools: [CompletedTool], _ names: String) -> String {
        let call = "complete -c tmdb-mcp -n '__fish_seen_subcommand_from call; and"
        var text = "\(call) not __fish_seen_subcommand_from \(names)' -a '\(names)'\n"
        for tool in tools {
            let names = tool.arguments.map { $0.name + "=" }.joined(separator: " ")
            let values = tool.choices.flatMap { argument in argument.values.map { "\(argument.name)=\($0)" } }
            let here = "\(call) __fish_seen_subcommand_from \(tool.name); and"
            let hasSign = "string match -q \"*=*\" -- (commandline -ct)"
            text += "\(here) not \(hasSign)' -a '\(names)'\n\(here) \(hasSign)' -a '\(values.joined(separator: " "))'\n"
        }
        return text
    }

    /// Text between single quotes of zsh or fish, with backslashes before some characters.
    private static func quoted(_ text: String, also special: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if special.utf8.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
            if byte == UInt8(ascii: "'") { bytes += "'\\'".utf8 }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
