package cloud.wuye.device.command;

import org.eclipse.microprofile.graphql.Description;

/** Who wanted a command. */
@Description("Who wanted a command.")
public enum CommandOrigin {
    @Description("A person.")
    USER,
    @Description("A timetable.")
    SCHEDULE,
    @Description("The service itself, such as the reconciler or a read-back.")
    SYSTEM
}
