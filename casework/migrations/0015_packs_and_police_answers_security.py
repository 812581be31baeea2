from django.db import migrations

from scope.policies import KIND, may_write, protect, through

OF_A_CASE = through("casework_case", "case_id")
OF_A_PACK = through("casework_pack", "pack_id")
OF_AN_ANSWER = through("casework_policeanswer", "answer_id")
# As with the signs of people: compared over all organisations, listed by nobody.
COMPARED = f"{KIND} IN ('worker', 'counting')"


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_packs_and_police_answers")]

    operations = [
        protect("casework_pack", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        protect("casework_packdownload", read=OF_A_PACK, write=may_write(OF_A_PACK)),
        protect("casework_policeanswer", read=OF_A_CASE, write=may_write(OF_A_CASE)),
        protect(
            "casework_policenumbersign",
            read=COMPARED,
            write=f"({OF_AN_ANSWER}) AND {KIND} IN ('staff', 'worker')",
        ),
    ]
