/** Registers of our own making, in the forms of ATT&CK and MISP. */
export const attackBundle = {
  type: "bundle",
  id: "bundle--11111111-1111-4111-8111-111111111111",
  objects: [
    {
      type: "intrusion-set",
      id: "intrusion-set--22222222-2222-4222-8222-222222222222",
      name: "Crimson Heron",
      aliases: ["Crimson Heron", "HERON 9", "Pale Moth"],
      description: "A made-up group.",
      created: "2019-01-01T00:00:00.000Z",
      modified: "2020-01-01T00:00:00.000Z",
      external_references: [
        { source_name: "mitre-attack", external_id: "G9001", url: "https://example.org/groups/G9001" },
        { source_name: "HERON 9", description: "(Citation: Example)" },
      ],
    },
    {
      type: "intrusion-set",
      id: "intrusion-set--33333333-3333-4333-8333-333333333333",
      name: "Grey Moth",
      aliases: ["Grey Moth", "Night Ferry"],
      external_references: [{ source_name: "mitre-attack", external_id: "G9002" }],
    },
    {
      type: "relationship",
      id: "relationship--44444444-4444-4444-8444-444444444444",
      relationship_type: "related-to",
      source_ref: "intrusion-set--33333333-3333-4333-8333-333333333333",
      target_ref: "intrusion-set--22222222-2222-4222-8222-222222222222",
    },
    { type: "malware", id: "malware--55555555-5555-4555-8555-555555555555", name: "Rook" },
  ],
};

export const mispCluster = {
  type: "threat-actor",
  name: "Threat Actor",
  values: [
    {
      value: "CRIMSON HERON",
      uuid: "66666666-6666-4666-8666-666666666666",
      description: "Made up as well.",
      meta: {
        country: "FR",
        "cfr-suspected-state-sponsor": "France",
        synonyms: ["Heron-9", "Night Ferry", "Subgroup: Grey Moth"],
        refs: ["https://example.org/heron"],
      },
      related: [{ "dest-uuid": "77777777-7777-4777-8777-777777777777", type: "similar" }],
    },
    { value: "Pale Moth", uuid: "77777777-7777-4777-8777-777777777777", meta: { synonyms: ["Heron 9"] } },
  ],
};

export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
