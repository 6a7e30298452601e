package cloud.wuye.device.command;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;

/** Where a command stands. Which state may follow which is told here and nowhere else. */
@Description("Where a command stands.")
public enum CommandState {
    @Description("Not on the wire, or to be put there again; waits for its device to be online.")
    QUEUED,
    @Description("Published; the device has said nothing yet.")
    SENT,
    @Description("The device has it and has not finished. Not success.")
    ACCEPTED,
    @Description("The deadline passed without the answer that was due; decided at once, so hardly ever seen.")
    TIMED_OUT,
    @Description("Was sent, no answer, no attempts left. A read-back is under way; what it finds settles the command.")
    OUTCOME_UNKNOWN,
    @Description("Done: the device said so, or evidence read from it did.")
    SUCCEEDED,
    @Description("Not done: the device refused or failed, or evidence shows that it was not done.")
    FAILED,
    @Description("Never done: its time passed before it was sent, or the device said that it came too late.")
    EXPIRED,
    @Description("Taken back by a person before it was sent.")
    CANCELLED,
    @Description("Replaced by a newer command before it was sent.")
    SUPERSEDED;

    /** States in which it may still be, or become, executed; a lane holds one command in them. */
    static final Set<CommandState> OPEN = EnumSet.of(QUEUED, SENT, ACCEPTED, TIMED_OUT);

    /** Whether it may still be executed or is on its way. */
    public boolean isOpen() {
        return OPEN.contains(this);
    }

    /** Whether nothing follows any more. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** Whether the other state may follow this one. */
    public boolean allows(CommandState to) {
        return next().contains(to);
    }

    private Set<CommandState> next() {
        return switch (this) {
            // TIMED_OUT: a command that was on the wire once cannot claim that it was never done.
            case QUEUED -> EnumSet.of(SENT, EXPIRED, CANCELLED, SUPERSEDED, TIMED_OUT);
            case SENT -> EnumSet.of(ACCEPTED, SUCCEEDED, FAILED, EXPIRED, TIMED_OUT);
            case ACCEPTED -> EnumSet.of(SUCCEEDED, FAILED, EXPIRED, TIMED_OUT);
            case TIMED_OUT -> EnumSet.of(QUEUED, OUTCOME_UNKNOWN);
            case OUTCOME_UNKNOWN -> EnumSet.of(SUCCEEDED, FAILED, EXPIRED);
            case SUCCEEDED, FAILED, EXPIRED, CANCELLED, SUPERSEDED -> EnumSet.noneOf(CommandState.class);
        };
    }
}
