from django.db import migrations

from scope.policies import BY_WORKER

# A data key is the report: whoever erases it erases all that was said. So no request of staff or of the public can
# remove or change one, whatever code it runs; the named act and the rotation of keys ask as the worker.
# Reading stays open: a key is itself sealed, and what it opens is behind the policies of its own table; the report's
# policy would be asked a second time on every page. So does adding: a key that nothing is sealed with harms nobody.
ON = f"""
ALTER TABLE vault_datakey ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault_datakey FORCE ROW LEVEL SECURITY;
CREATE POLICY vault_datakey_read ON vault_datakey FOR SELECT USING (true);
CREATE POLICY vault_datakey_add ON vault_datakey FOR INSERT WITH CHECK (true);
CREATE POLICY vault_datakey_change ON vault_datakey FOR UPDATE USING ({BY_WORKER}) WITH CHECK ({BY_WORKER});
CREATE POLICY vault_datakey_remove ON vault_datakey FOR DELETE USING ({BY_WORKER});
"""
OFF = """
DROP POLICY vault_datakey_read ON vault_datakey;
DROP POLICY vault_datakey_add ON vault_datakey;
DROP POLICY vault_datakey_change ON vault_datakey;
DROP POLICY vault_datakey_remove ON vault_datakey;
ALTER TABLE vault_datakey NO FORCE ROW LEVEL SECURITY;
ALTER TABLE vault_datakey DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_erased_reports"), ("vault", "0001_initial")]

    operations = [migrations.RunSQL(sql=ON, reverse_sql=OFF)]
