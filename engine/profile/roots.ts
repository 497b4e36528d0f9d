/** Names of the outermost frames of a simulated run's stacks: whose time it is, as Table 2 of the paper cuts it. */
export const rootFrames = { vmm: 'VMM time', vmapp: 'VMApp', host: 'Host' } as const
