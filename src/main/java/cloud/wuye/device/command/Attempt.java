package cloud.wuye.device.command;

import java.time.Instant;

/** One transmission of a command and what came of it. Null means "not (yet) so"; only what is new is written. */
final class Attempt {
    final int number;
    Instant sentAt;
    Instant acceptedAt;
    Instant endedAt;
    CommandState outcome;
    String code;
    String detail;
    /** Answers that came after the command had been settled otherwise. */
    int late;

    Attempt(int number) {
        this.number = number;
    }

    void end(Instant at, CommandState as, String why, String words) {
        endedAt = at;
        outcome = as;
        code = why;
        detail = words;
    }

    /** The device says otherwise than the person who settled the command. */
    void contradict(CommandState says) {
        code = "CONTRADICTED";
        detail = "settled by hand, but the device says " + says;
    }
}
