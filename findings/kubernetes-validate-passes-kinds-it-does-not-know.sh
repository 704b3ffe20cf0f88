#!/bin/sh
# kubernetes-validate 1.37.0, strict: a manifest of a kind that it has no schema for passes.
#
# The command prints a warning and ends with 0, be it a kind that an operator brings (KEDA's ScaledObject) or a mere
# misspelling of one of its own (Deploymnt): a pipeline that looks at the exit code applies what nobody has looked at.
# The library's function raises for the same input. So a check has to call the library, and bring schemas of its own for
# the operators' kinds (deploy/checks here).
#
# Seen on 2026-11-29:
#   WARN misspelt.yaml Couldn't find schema for kind Deploymnt with api version apps/v1 for kubernetes version 1.37
#   command: exit 0 for ScaledObject, 0 for Deploymnt, 1 for a Deployment with an unknown field
#   library: SchemaNotFoundError for ScaledObject, SchemaNotFoundError for Deploymnt
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check kubernetes-validate==1.37.0
cd "$folder"

printf 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: x}\nspec: {nonsense: true}\n' >operator.yaml
printf 'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: x}\nspec: {nonsense: true}\n' >misspelt.yaml
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {nonsense: true}\n' >field.yaml

code() { venv/bin/kubernetes-validate --strict "$1" >said 2>&1 && echo 0 || echo $?; }
operator=$(code operator.yaml) misspelt=$(code misspelt.yaml)
cat said
field=$(code field.yaml)
echo "command: exit $operator for ScaledObject, $misspelt for Deploymnt, $field for a Deployment with an unknown field"

venv/bin/python - <<'END' | tee library
import kubernetes_validate
import yaml

def raised(name):
    try:
        kubernetes_validate.validate(yaml.safe_load(open(name)), "1.37", strict=True)
    except Exception as error:
        return type(error).__name__
    return "nothing"

print(f"library: {raised('operator.yaml')} for ScaledObject, {raised('misspelt.yaml')} for Deploymnt")
END

[ "$operator $misspelt $field" = "0 0 1" ] || { echo "the command behaves otherwise now"; exit 1; }
[ "$(grep -c 'SchemaNotFoundError for ScaledObject, SchemaNotFoundError for Deploymnt' library)" = 1 ] ||
    { echo "the library behaves otherwise now"; exit 1; }
