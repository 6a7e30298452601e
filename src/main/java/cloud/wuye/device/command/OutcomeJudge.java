package cloud.wuye.device.command;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides from what a device reads back whether a command was done of which nobody knows. */
public interface OutcomeJudge {
    /** The contract's word of the op it judges. */
    String op();

    /**
     * The verdict.
     *
     * @param args of the command in doubt
     * @param read the result of its read-back
     */
    Verdict judge(JsonNode args, JsonNode read);

    /** What the evidence says. */
    enum Verdict {
        /** It was done. */
        DONE,
        /** It was not. */
        NOT_DONE,
        /** It does not tell. */
        UNCLEAR
    }
}
