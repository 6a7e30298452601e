package cloud.wuye.device.command;

import org.eclipse.microprofile.graphql.Description;

/** What a person found at the device, of a command that nobody knows the outcome of. */
@Description("What a person found at the device, of a command that nobody knows the outcome of.")
public enum SiteFinding {
    @Description("It had been done.")
    DONE(CommandState.SUCCEEDED, "FOUND_DONE"),
    @Description("It had not been done.")
    NOT_DONE(CommandState.FAILED, "FOUND_NOT_DONE");

    final CommandState state;
    /** Stands in the command's code, and so tells a person's word from the device's. */
    final String code;

    SiteFinding(CommandState state, String code) {
        this.state = state;
        this.code = code;
    }

    /** Whether this code is a person's word. */
    static boolean is(String code) {
        return DONE.code.equals(code) || NOT_DONE.code.equals(code);
    }
}
