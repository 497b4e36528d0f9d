// The pipeline of pipeline.ts in SIM.JS; prints the last instant and the CPU seconds. Arguments: the package's folder, packets.
import { createRequire } from 'node:module'
import process from 'node:process'

// the package gives itself to a page only
globalThis.window = {}
createRequire(import.meta.url)(process.argv[2])
const { Sim, Entity, Facility } = globalThis.window.Sim
const packets = Number(process.argv[3])
const HOLDS = Array.from({ length: 12 }, (_, i) => 100 + 37 * i)
const [LINK, ACK, WINDOW] = [3000, 2000, 32]

const sim = new Sim()
const link = new Facility('link')
let last = 0
let [started, acknowledged, waiting] = [0, 0, false]

class Cpu extends Entity {
  start() {
    this.next()
  }

  next() {
    if (started === packets) return
    if (started - acknowledged === WINDOW) {
      waiting = true
      return
    }
    started++
    this.hold(0)
  }

  hold(index) {
    if (index < HOLDS.length) this.setTimer(HOLDS[index]).done(() => this.hold(index + 1))
    else {
      this.useFacility(link, LINK).done(() => this.setTimer(ACK).done(() => this.acknowledged()))
      this.next()
    }
  }

  acknowledged() {
    acknowledged++
    last = this.time()
    if (waiting) {
      waiting = false
      this.next()
    }
  }
}

sim.addEntity(Cpu)
const before = process.cpuUsage()
sim.simulate(Number.MAX_SAFE_INTEGER)
const { user, system } = process.cpuUsage(before)
process.stdout.write(`${last} ${(user + system) / 1e6}\n`)
