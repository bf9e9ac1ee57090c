import type { DocumentStore } from '../state/document-store.ts';
import type { OrgSettings } from '../state/org-settings.ts';

const KIND = 'org-settings';
const KEY = 'settings';

/** The saved settings of this org; undefined for an org never opened before. */
export function readSettings(documents: DocumentStore): OrgSettings | undefined {
  return documents.get(KIND, KEY) as OrgSettings | undefined;
}

/** Saves the settings of a new org. */
export function saveSettings(documents: DocumentStore, settings: OrgSettings): void {
  documents.put(KIND, KEY, settings);
}

/**
 * Settings that are read from and written to the store, so that a restarted org is the org it was and a rolled-back
 * change is gone.
 * @throws Error if none were saved
 */
export function persistentSettings(documents: DocumentStore): OrgSettings {
  const read = (): OrgSettings => {
    const settings = readSettings(documents);
    if (settings === undefined) throw new Error('The local org has no settings: it was never seeded.');
    return settings;
  };
  const change = (changes: Partial<OrgSettings>): void => {
    saveSettings(documents, { ...read(), ...changes });
  };
  return {
    get organizationId() {
      return read().organizationId;
    },
    get name() {
      return read().name;
    },
    get apiVersion() {
      return read().apiVersion;
    },
    get adminUserId() {
      return read().adminUserId;
    },
    get kind() {
      return read().kind;
    },
    set kind(kind) {
      change({ kind });
    },
    get deployPace() {
      return read().deployPace;
    },
    set deployPace(deployPace) {
      change({ deployPace });
    },
    get metadataRestEnabled() {
      return read().metadataRestEnabled;
    },
    set metadataRestEnabled(metadataRestEnabled) {
      change({ metadataRestEnabled });
    },
    get activationDelayMs() {
      // Data directories of earlier versions do not have it.
      return (read() as Partial<OrgSettings>).activationDelayMs ?? 0;
    },
    set activationDelayMs(activationDelayMs) {
      change({ activationDelayMs });
    },
  };
}
