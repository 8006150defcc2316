package dev.trackit.jupyter.notebook;

import dev.trackit.api.Digest;

/** Takes the payloads of outputs while a notebook is read, for those who keep the small ones. */
public interface PayloadSink {

    /** Keeps nothing. */
    PayloadSink NONE = new PayloadSink() {
        @Override
        public int largest() {
            return 0;
        }

        @Override
        public void take(Digest digest, byte[] bytes) {
            // nothing is kept
        }
    };

    /** The length in bytes up to which payloads are wanted; each is held in memory while it is read. 0 for none. */
    int largest();

    /** A payload, whole. Called on the reading thread; the array is given away. Equal payloads come more than once. */
    void take(Digest digest, byte[] bytes);
}
