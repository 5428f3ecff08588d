// A chime for what comes to a phone that nobody sees.

import { preferences } from "./preferences.js";

const PAUSE = 1500; // milliseconds between two chimes
let sound;
let last = -PAUSE;

export function chime() {
  if (!preferences.sound || performance.now() - last < PAUSE || !navigator.userActivation?.hasBeenActive) return;
  last = performance.now();
  sound ??= new AudioContext();
  tone(880, 0);
  tone(1174.7, 0.12);
}

function tone(frequency, delay) {
  const begins = sound.currentTime + delay;
  const wave = new OscillatorNode(sound, { frequency });
  const loudness = new GainNode(sound, { gain: 0 });
  loudness.gain.linearRampToValueAtTime(0.06, begins + 0.01);
  loudness.gain.exponentialRampToValueAtTime(0.0001, begins + 0.5);
  wave.connect(loudness).connect(sound.destination);
  wave.start(begins);
  wave.stop(begins + 0.5);
}
