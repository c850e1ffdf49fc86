# bash completion for winnow(1)
_winnow()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    if [ "$COMP_CWORD" = 1 ]; then
        COMPREPLY=($(compgen -W "$(winnow help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p') help" -- "$cur"))
        return
    fi
    case $prev in
    --out|--run|--in) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W "text json" -- "$cur")); return ;;
    esac
    case ${COMP_WORDS[1]}:$cur in
    *:-*) COMPREPLY=($(compgen -W "$(winnow help "${COMP_WORDS[1]}" 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u)" -- "$cur")) ;;
    inspect:*) COMPREPLY=($(compgen -W "$(winnow list 2>/dev/null | awk '{print $1}')" -- "$cur") $(compgen -f -- "$cur")) ;;
    help:*) COMPREPLY=($(compgen -W "$(winnow help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -f -- "$cur")) ;;
    esac
}
complete -o filenames -F _winnow winnow
