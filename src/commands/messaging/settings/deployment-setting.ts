import type { Org } from '../../../salesforce/org.ts';
import type { SettingJson } from './result-schema.ts';

interface DeploymentRow {
  DeveloperName: string;
  DeploymentFeature: string | null;
  DeploymentType: string | null;
  IsEnabled: boolean | null;
}

const base = { id: 'es-developer-name', name: 'ES Developer Name', inOpencx: true } as const;

/** ES Developer Name, compared letter by letter with what the org has; without an org it stays unchecked. */
export async function deploymentSetting(wanted: string, org: Org | undefined): Promise<SettingJson> {
  if (org === undefined) {
    const detail = 'not compared with an org: none was named (--target-org)';
    return { ...base, value: wanted, status: 'unchecked', detail };
  }
  const rows = await org.toolingQuery<DeploymentRow>(
    'SELECT DeveloperName, DeploymentFeature, DeploymentType, IsEnabled FROM EmbeddedServiceConfig ORDER BY DeveloperName',
    'reading the Embedded Service Deployments',
  );
  const row = rows.find(({ DeveloperName }) => DeveloperName === wanted);
  return row === undefined ? absent(wanted, rows) : present(row);
}

function absent(wanted: string, rows: readonly DeploymentRow[]): SettingJson {
  const otherCase = rows.find(({ DeveloperName }) => DeveloperName.toLowerCase() === wanted.toLowerCase());
  if (otherCase !== undefined) {
    return {
      ...base,
      value: wanted,
      status: 'fail',
      detail: `the org writes it ${otherCase.DeveloperName}: upper and lower case count`,
      remedy: `--es-developer-name ${otherCase.DeveloperName}, in OpenCX too`,
    };
  }
  const names = rows.map(({ DeveloperName }) => DeveloperName).join(', ');
  return {
    ...base,
    value: wanted,
    status: 'fail',
    detail:
      names === '' ? 'the org has no Embedded Service Deployment' : `the org has no such deployment, but: ${names}`,
    remedy: 'Setup → Embedded Service Deployments; opencx-sf messaging register makes one',
  };
}

/** OpenCX speaks the API of custom clients, which no other kind of deployment answers. */
function present({ DeveloperName, DeploymentFeature, DeploymentType, IsEnabled }: DeploymentRow): SettingJson {
  const problems = [
    ...(DeploymentFeature === 'EmbeddedMessaging'
      ? []
      : [`it is for ${DeploymentFeature ?? 'nothing'}, not messaging`]),
    ...(DeploymentType?.toUpperCase() === 'API'
      ? []
      : [`it is of type ${DeploymentType ?? 'unknown'}; OpenCX needs a Custom Client (API)`]),
    ...(IsEnabled === true ? [] : ['it is not enabled']),
  ];
  if (problems.length === 0) {
    return { ...base, value: DeveloperName, status: 'pass', detail: 'the org has it: a Custom Client, enabled' };
  }
  return {
    ...base,
    value: DeveloperName,
    status: 'fail',
    detail: problems.join('; '),
    remedy: 'Setup → Embedded Service Deployments → New Deployment → Enhanced Chat → Custom Client',
  };
}
