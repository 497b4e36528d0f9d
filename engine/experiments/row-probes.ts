import { Probe, probeLabels } from '../machine/observer'

/** Which directly measured call gives a row its average time. */
export const probeOfRow: Readonly<Record<string, Probe>> = {
  'vmnet-transmit': Probe.VmnetTransmit,
  'vmnet-receive': Probe.VmnetReceive,
  'lance-transmit-path': Probe.LanceTransmitPath,
  'pic-access': Probe.PicAccess,
  'lance-status-access': Probe.LanceStatusAccess,
  'lance-address-access': Probe.LanceAddressAccess,
  'lance-world-switch-access': Probe.LanceSwitchAccess,
  'guest-context-switch': Probe.GuestContextSwitch,
}

/** The probe's id in a report: its label with dashes. */
export function probeId(probe: Probe): string {
  return probeLabels[probe]!.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}
