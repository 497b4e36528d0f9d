import { World, worldIds } from '../../worlds'
import type { Profile } from '../columns'
import { cpumodeOfFrame, cpumodeOfModule, cpumodes, type Cpumode } from './cpumode'
import { matcherOf, type Matcher } from './pattern'
import { callersRow, isOfThread, type Rule, type RuleSet } from './rule'
import { rowNumber, unclassifiedRow } from './rows'
import { isIdleThread, stackThreads, withThreadRoots, type StackThreads } from './threads'

/** What rules make of a profile's stacks. Columns, index = stack id of `profile`. */
export interface Classification {
  /** The profile itself, or where threads share stacks that the rules tell apart, one with threads as roots. */
  profile: Profile
  /** Index of the rule that decided last on the way to the stack's leaf; -1: none did. */
  rule: Int32Array
  /** The rule decided at this very frame, not at one of its callers: 1 or 0. */
  here: Uint8Array
  /** Values of `World`. */
  world: Uint8Array
  /** Indices of `importedRows`. */
  row: Uint8Array
}

const frameColumns = new WeakMap<string[], Map<string, Uint8Array>>()

/**
 * Goes through every stack once, from the root to the leaf: the first rule in order that matches a frame sets world and
 * row of this frame and of what it calls, until another rule matches deeper down. Cost: rules times frames for patterns
 * (kept by frame table), then about a look-up a stack.
 */
export function classify(profile: Profile, { rules }: Pick<RuleSet, 'rules'>): Classification {
  return decide(prepare(profile, rules))
}

/** What every classification with the same rules shares: matches of patterns do not depend on which rule is left out. */
export interface Prepared {
  profile: Profile
  rules: readonly Rule[]
  threads: StackThreads
  /** Class of a thread name: names for which the same rules can match. */
  classOf: Int32Array
  /** By class: which rules' threads match, and whether it is the idle task. */
  classes: { matches: Uint8Array; idle: boolean }[]
  frames: { frame: Uint8Array | null; module: Uint8Array | null }[]
  /** Mode of each frame's module, and the mode that a frame puts what it calls in; indices of `cpumodes`, -1 for none. */
  modeOfModule: Int8Array
  modeInside: Int8Array
  /** A pseudo frame that stands for idling. */
  idleFrame: Uint8Array
  /** Rules by class and mode, and then by frame, in order; made when they are first asked for. */
  candidates: (readonly number[] | undefined)[][]
  /** Rules by class and mode, in order. */
  possible: (readonly number[] | undefined)[]
}

export function prepare(profile: Profile, rules: readonly Rule[]): Prepared {
  const threads = stackThreads(profile)
  const { classes, classOf } = threadClasses(threads.names, rules)
  for (const names of threads.ofRoot.values()) {
    if (names.some((name) => classOf[name] !== classOf[names[0]!])) return prepare(withThreadRoots(profile), rules)
  }
  const { name, module } = profile.frames
  return {
    profile, rules, threads, classes, classOf, candidates: [], possible: [],
    frames: rules.map((rule) => ({ frame: column(name, rule.frame), module: column(module, rule.module, onceEach) })),
    modeOfModule: Int8Array.from(module, onceEach((one) => indexOfMode(cpumodeOfModule(one)))),
    modeInside: Int8Array.from(name, (one, i) => indexOfMode(cpumodeOfFrame(one, module[i]!))),
    idleFrame: Uint8Array.from(name, (one) => (one === '(idle)' ? 1 : 0)),
  }
}

/** Thousands of functions lie in a handful of modules. */
function onceEach<Answer extends number | boolean>(of: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) known.set(text, found = of(text))
    return found
  }
}

function indexOfMode(mode: Cpumode | null): number {
  return mode === null ? -1 : cpumodes.indexOf(mode)
}

function threadClasses(names: readonly string[], rules: readonly Rule[]): Pick<Prepared, 'classes' | 'classOf'> {
  const matchers = rules.map(({ thread }) => (thread === undefined ? null : matcherOf(thread)))
  const known = new Map<string, number>()
  const classes: Prepared['classes'] = []
  const classOf = Int32Array.from(names, (name) => {
    const matches = Uint8Array.from(matchers, (matcher) => (matcher === null || (typeof matcher === 'function' && matcher(name)) ? 1 : 0))
    const idle = isIdleThread(name)
    const key = `${idle} ${matches.join('')}`
    let id = known.get(key)
    if (id === undefined) {
      known.set(key, id = classes.length)
      classes.push({ matches, idle })
    }
    return id
  })
  return { classes, classOf }
}

/** 1 for each frame that the pattern matches; null: there is no pattern. A pattern with a fault matches none. `asked`: how the matcher is. */
function column(texts: string[], pattern: string | undefined, asked = (matcher: Matcher) => matcher): Uint8Array | null {
  if (pattern === undefined) return null
  let ofTexts = frameColumns.get(texts)
  if (!ofTexts) frameColumns.set(texts, ofTexts = new Map())
  let found = ofTexts.get(pattern)
  if (!found || found.length !== texts.length) {
    const matcher = matcherOf(pattern)
    found = new Uint8Array(texts.length)
    if (typeof matcher === 'function') {
      const matches = asked(matcher)
      for (let i = 0; i < found.length; i++) if (matches(texts[i]!)) found[i] = 1
    }
    if (ofTexts.size >= mostColumns) ofTexts.clear()
    ofTexts.set(pattern, found)
  }
  return found
}

/** A byte a frame each: what an afternoon of typing leaves behind is thrown away. */
const mostColumns = 400

/** `without`: as if this rule were not there. */
export function decide(prepared: Prepared, without = -1): Classification {
  const { profile, rules, threads, classOf, classes } = prepared
  const { parent, frame } = profile.stacks
  const count = parent.length
  const result: Classification = {
    profile, rule: new Int32Array(count).fill(-1), here: new Uint8Array(count),
    world: new Uint8Array(count).fill(World.Unclassified), row: new Uint8Array(count).fill(unclassifiedRow),
  }
  const { rule, here, world, row } = result
  const worldOf = Uint8Array.from(rules, (one) => Math.max(0, worldIds.indexOf(one.world)))
  const rowOf = Int32Array.from(rules, (one) => (one.row === callersRow ? -1 : rowNumber.get(one.row) ?? unclassifiedRow))
  const guards = rules.map(guardOf)
  const mode = new Int8Array(count).fill(-1)
  const ofClass = new Int32Array(count)
  const ofThread = classes.map((_, id) => ruleOfThread(prepared, id, without))
  const put = (stack: number, decided: number) => {
    here[stack] = 1
    rule[stack] = decided
    world[stack] = worldOf[decided]!
    if (rowOf[decided]! >= 0) row[stack] = rowOf[decided]!
  }
  const asCaller = (stack: number, above: number) => {
    ofClass[stack] = ofClass[above]!
    mode[stack] = mode[above]!
    rule[stack] = rule[above]!
    world[stack] = world[above]!
    row[stack] = row[above]!
  }
  /** What the thread does by itself; false: there is nothing more to the root than that. */
  const asThread = (stack: number): boolean => {
    const name = threads.ofRoot.get(stack)?.[0]
    if (name === undefined) return false
    ofClass[stack] = classOf[name]!
    const first = ofThread[ofClass[stack]!]!
    if (first >= 0) put(stack, first)
    // the thread's name as outermost frame is the thread, not a function
    const isThread = profile.frames.module[frame[stack]!] === '' && profile.frames.name[frame[stack]!] === threads.names[name]
    if (!isThread) here[stack] = 0
    return !isThread
  }
  for (let stack = 0; stack < count; stack++) {
    if (parent[stack]! >= 0) asCaller(stack, parent[stack]!)
    else if (!asThread(stack)) continue
    const fn = frame[stack]!
    if (prepared.modeInside[fn]! >= 0) mode[stack] = prepared.modeInside[fn]!
    const decided = firstOf(candidates(prepared, ofClass[stack]!, mode[stack]!, fn), guards, world[stack]!, without)
    if (decided >= 0) put(stack, decided)
  }
  return result
}

/** Bit per world: where the caller may be. */
function guardOf({ inside, outside }: Rule): number {
  const bits = (ids: readonly string[]) => ids.reduce((sum, id) => sum | (1 << worldIds.indexOf(id)), 0)
  return (inside ? bits(inside) : ~0) & ~(outside ? bits(outside) : 0)
}

function firstOf(list: readonly number[], guards: readonly number[], callerWorld: number, without: number): number {
  for (const rule of list) if (rule !== without && (guards[rule]! >> callerWorld) & 1) return rule
  return -1
}

function ruleOfThread({ rules, classes }: Prepared, id: number, without: number): number {
  const { matches, idle } = classes[id]!
  const ofNoCaller = 1 << World.Unclassified
  return rules.findIndex((rule, i) => i !== without && isOfThread(rule) && matches[i] === 1 && (guardOf(rule) & ofNoCaller) !== 0
    && (rule.idle === undefined ? rule.thread !== undefined : rule.idle === idle))
}

function candidates(prepared: Prepared, id: number, mode: number, fn: number): readonly number[] {
  const ofFrames = prepared.candidates[keyOf(id, mode)] ??= []
  return ofFrames[fn] ??= matching(prepared, id, mode, fn)
}

function matching(prepared: Prepared, id: number, mode: number, fn: number): number[] {
  const { rules, classes, frames, modeOfModule, idleFrame, possible } = prepared
  const { idle } = classes[id]!
  // what the file says of a guest's sample goes before what a module's name suggests
  const modeHere = mode >= 0 ? mode : modeOfModule[fn]!
  const some = possible[keyOf(id, modeHere)] ??= possibleRules(prepared, id, modeHere)
  const isIdle = idleFrame[fn] === 1
  const list: number[] = []
  for (let k = 0; k < some.length; k++) {
    const i = some[k]!
    const { frame, module } = frames[i]!
    if ((frame !== null && frame[fn] !== 1) || (module !== null && module[fn] !== 1)) continue
    const rule = rules[i]!
    if (isOfThread(rule) && !(rule.idle === true && isIdle)) continue
    if (rule.idle !== undefined && rule.idle !== (idle || isIdle)) continue
    list.push(i)
  }
  return list
}

/** Those that neither the thread nor the mode rules out, whatever the function. */
function possibleRules({ rules, classes }: Prepared, id: number, mode: number): number[] {
  const { matches } = classes[id]!
  return rules.flatMap((rule, i) => (matches[i] === 1 && (!rule.mode || (mode >= 0 && rule.mode.includes(cpumodes[mode]!))) ? [i] : []))
}

/** Of a class of threads and a mode. */
function keyOf(id: number, mode: number): number {
  return id * (cpumodes.length + 1) + mode + 1
}

/** The profile with the worlds that the rules give; the same object where nothing changes. */
export function classified(profile: Profile, set: Pick<RuleSet, 'rules'>): Profile {
  return withWorlds(profile, classify(profile, set))
}

/** The profile with the worlds of a classification of it; the same object where nothing changes. */
export function withWorlds(profile: Profile, { profile: rooted, world }: Classification): Profile {
  const same = rooted === profile && world.every((one, stack) => one === profile.stacks.world[stack])
  return same ? profile : { ...rooted, stacks: { ...rooted.stacks, world } }
}

/** Distinct frames where each rule decided, index = rule. */
export function framesDecided({ rule, here, profile }: Classification, rules: number): number[] {
  const seen = Array.from({ length: rules }, () => new Set<number>())
  for (let stack = 0; stack < rule.length; stack++) if (here[stack] && rule[stack]! >= 0) seen[rule[stack]!]!.add(profile.stacks.frame[stack]!)
  return seen.map(({ size }) => size)
}

