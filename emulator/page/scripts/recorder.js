// A voice note from the microphone.

export class Recorder {
  /** Raises when there is no microphone or it may not be used. */
  async start() {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const kind = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"].find((one) => MediaRecorder.isTypeSupported(one));
    this.recorder = new MediaRecorder(sound, kind ? { mimeType: kind } : {});
    this.parts = [];
    this.recorder.addEventListener("dataavailable", (event) => this.parts.push(event.data));
    this.began = performance.now();
    this.recorder.start();
  }

  /** The note and its seconds. */
  async stop() {
    await new Promise((resolve) => {
      this.recorder.addEventListener("stop", resolve, { once: true });
      this.recorder.stop();
    });
    this.#release();
    const name = this.recorder.mimeType.includes("ogg") ? "voice.ogg" : "voice.webm";
    const seconds = Math.max(1, Math.round((performance.now() - this.began) / 1000));
    return { file: new File(this.parts, name, { type: this.recorder.mimeType }), seconds };
  }

  cancel() {
    this.recorder.stop();
    this.#release();
  }

  #release() {
    for (const track of this.recorder.stream.getTracks()) track.stop();
  }
}
