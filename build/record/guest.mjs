// The guest: a Debian kernel, the modules of its network card and a busybox, packed into an initramfs. Nothing is
// installed: the packages are downloaded and unpacked into a folder.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SetupFault } from '../setup/plain.mjs'
import { tail } from '../setup/run.mjs'
import { outputOf } from './children.mjs'

async function must(what, command, args, options) {
  const { code, stdout, stderr } = await outputOf(command, args, { timeout: 300_000, ...options })
  if (code !== 0) throw new SetupFault(`${what} failed: ${command} ${args.join(' ')}\n${tail(stderr)}`)
  return stdout
}

/** linux-image-amd64 only leads to the package of the current kernel. */
async function kernelPackage() {
  const depends = await must('Asking for the kernel\'s package', 'apt-cache', ['depends', 'linux-image-amd64'])
  const name = /Depends: (linux-image-\d\S*)/.exec(depends)?.[1]
  if (!name) throw new SetupFault('Debian\'s package lists name no kernel.', 'Run `apt-get update` as root.')
  return name
}

/** The packages' files, downloaded into `folder` as far as they are not there. */
export async function fetchPackages(folder) {
  mkdirSync(folder, { recursive: true })
  const files = []
  for (const name of [await kernelPackage(), 'busybox-static']) {
    const there = () => readdirSync(folder).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'))
    if (!there()) await must(`Downloading ${name}`, 'apt-get', ['download', name], { cwd: folder })
    const file = there()
    if (!file) throw new SetupFault(`apt-get download ${name} left no file in ${folder}.`)
    files.push(join(folder, file))
  }
  return files
}

/**
 * Started as process 1. `send` and `port` come from the kernel's command line, which hands words with = that it does
 * not know to process 1's environment. It waits for a line from the host before and after the transfer, so that what
 * is recorded is the transfer and nothing else.
 */
const init = `#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
say() { echo "guest: $*"; }
give_up() { say "failed: $*"; poweroff -f; }
while read -r module; do insmod "/modules/$module" || give_up "insmod $module"; done < /modules/order
tries=0
until [ -e /sys/class/net/eth0 ]; do
  tries=$((tries + 1)); [ $tries -gt 50 ] && give_up "the kernel shows no eth0"
  sleep 0.2
done
ip link set lo up
ip addr add 10.0.2.15/24 dev eth0 && ip link set eth0 up || give_up "eth0 cannot be set up"
counters() {
  for name in tx_packets rx_packets tx_bytes rx_bytes; do say "counter $1 $name $(cat /sys/class/net/eth0/statistics/$name)"; done
  say "counter $1 interrupts $(awk '/eth0|virtio[0-9]+-/ { n += $2 } END { print n + 0 }' /proc/interrupts)"
}
tries=0
until [ "$(cat /sys/class/net/eth0/carrier 2>/dev/null)" = 1 ]; do
  tries=$((tries + 1)); [ $tries -gt 100 ] && give_up "eth0 has no carrier"
  sleep 0.2
done
say ready
read -r go
counters before
dd if=/dev/zero bs=1024 count=$((send / 1024)) 2>/dev/null | nc 10.0.2.2 "$port" || give_up "nc could not send"
counters after
say sent
read -r go
poweroff -f
`

/** Unpacks the packages under `work` and makes { kernel, initramfs, version } with the card's modules. */
export async function buildGuest(work, packages, modules) {
  const unpacked = join(work, 'unpacked')
  for (const file of packages) await must(`Unpacking ${basename(file)}`, 'dpkg-deb', ['-x', file, unpacked])
  const version = readdirSync(join(unpacked, 'lib', 'modules'))[0]
  await must('Listing the kernel\'s modules', 'depmod', ['-b', unpacked, version])

  const root = join(work, 'guest')
  for (const folder of ['bin', 'dev', 'proc', 'sys', 'modules']) mkdirSync(join(root, folder), { recursive: true })
  copyFileSync(join(unpacked, 'bin', 'busybox'), join(root, 'bin', 'busybox'))
  writeFileSync(join(root, 'modules', 'order'), await copyModules(unpacked, version, modules, join(root, 'modules')))
  writeFileSync(join(root, 'init'), init)
  chmodSync(join(root, 'init'), 0o755)

  const initramfs = join(work, 'initramfs.gz')
  // the file names are ours, and are passed as arguments of the shell, not as its text
  await must('Packing the guest', 'sh', ['-c', 'cd "$1" && find . | cpio -o -H newc --quiet | gzip -1 > "$2"', 'sh', root, initramfs])
  return { kernel: join(unpacked, 'boot', `vmlinuz-${version}`), initramfs, version }
}

/** The modules with what they depend on, in the order of insmod; returns the list's text. */
async function copyModules(unpacked, version, modules, to) {
  const asked = modules.map((module) => ['-d', unpacked, '-S', version, '--show-depends', module])
  const order = []
  for (const args of asked) {
    for (const line of (await must('Asking for modules', 'modprobe', args)).split('\n')) {
      const path = /^insmod (\S+)/.exec(line)?.[1]
      if (!path || order.includes(basename(path))) continue
      if (!existsSync(path)) throw new SetupFault(`The kernel's package has no ${path}.`)
      copyFileSync(path, join(to, basename(path)))
      order.push(basename(path))
    }
  }
  return `${order.join('\n')}\n`
}
