#!/usr/bin/env bash
# Make a published result again, or all of them:
#   results/make.sh                  all that are pages and tables
#   results/make.sh what_if          one folder, with what is below it
#   results/make.sh which_trait/contested
#   results/make.sh --list           their names
# The same program and the same scenarios give the same bytes. WALKOUT names another program than ./walkout.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
walkout=${WALKOUT:-./walkout}
studies=scenarios/studies

# What each result is made of: the folder, then its command without `walkout` and `--out`.
results() {
    cat <<LIST
what_decides                        study what_decides offer_and_investors six_stories
why_did_they_rally                  sampled why_did_they_rally --measure peak_signed_share
why_did_they_rally/causes           attribute scenarios/openai_2023.yaml --replicates 100
why_did_they_rally/events           attribute scenarios/openai_2023.yaml --events all --replicates 100
which_trait/contested               attribute --study $studies/seven_traits_contested.yaml
which_trait/recorded                attribute --study $studies/seven_traits.yaml
which_trait/alone_contested         study one_trait_contested
which_trait/alone_recorded          study one_trait
what_if                             study what_if
what_if/sizes                       study what_if_sizes
what_if/calm_ceo                    compare openai_2023_calm_ceo
what_if/rash_ceo                    compare openai_2023_rash_ceo
what_if/board_of_nine               compare openai_2023_nine_directors
what_if/reasons_on_friday           compare openai_2023_reasons_on_friday
what_if/secret_names                compare openai_2023_secret_names
what_if/president_stays             compare openai_2023_president_stays
what_if/no_offer                    compare openai_2023_no_offer
how_long_can_the_board_hold         study how_long_can_the_board_hold
ego_eco_intuition/fired_ceo         study mixes_of_a_fired_ceo
ego_eco_intuition/mandate           study mixes_of_an_owner
ego_eco_intuition/founders          study mixes_of_founders
ego_eco_intuition/founders_sizes    study mixes_of_founders_sizes
liked_or_respected                  study liked_or_respected
calibration                         calibrate $studies/openai_2023_fit.yaml
validation                          validate $studies/library.yaml
calibration/wide                    calibrate $studies/openai_2023_fit_wide.yaml
LIST
}

say() { printf 'results: %s\n' "$*" >&2; }

# make_studies FOLDER NAME... [OPTION...]: sweeps, then one page of them in the folder.
make_studies() {
    local folder=$1 name stores=()
    shift
    while (($#)) && [[ $1 != --* ]]; do
        name=$1
        shift
        # The first study lies in the folder of its page, others beside it under their own names.
        local store=$folder
        ((${#stores[@]} == 0)) || store=results/$name
        rm -f -- "$store"/study.sqlite*
        "$walkout" sweep "$studies/$name.yaml" --no-page --out "$store" >/dev/null
        stores+=("$store")
    done
    "$walkout" report "${stores[@]}" --out "$folder/report.html" "$@"
}

make_one() {
    local folder=results/$1 kind=$2
    shift 2
    say "$folder"
    mkdir -p -- "$folder"
    case $kind in
        study) make_studies "$folder" "$@" ;;
        sampled)
            make_studies "$folder" "$1"
            "$walkout" sensitivity "$folder" >/dev/null
            "$walkout" report "$folder" "${@:2}"
            ;;
        calibrate)
            rm -f -- "$folder"/*.sqlite*
            "$walkout" calibrate "$@" --no-netcdf --out "$folder" >/dev/null
            ;;
        validate)
            rm -f -- "$folder"/*.sqlite*
            "$walkout" validate "$@" --out "$folder" >/dev/null
            ;;
        attribute) "$walkout" "$kind" "$@" --out "$folder" >/dev/null ;;
        compare) "$walkout" compare scenarios/openai_2023.yaml "scenarios/$1.yaml" --out "$folder" >/dev/null ;;
    esac
}

main() {
    local wanted=${1:-} name rest made=0
    [[ $wanted != --list ]] || {
        results | sed 's/ .*//'
        return
    }
    wanted=${wanted#results/}
    wanted=${wanted%/}
    while read -r name rest; do
        [[ -z $wanted || $name == "$wanted" || $name == "$wanted"/* ]] || continue
        # shellcheck disable=SC2086 # words of the list
        make_one "$name" $rest </dev/null
        made=$((made + 1))
    done < <(results)
    ((made > 0)) || {
        say "there is no '$wanted'; results/make.sh --list names all"
        return 2
    }
}

main "$@"
