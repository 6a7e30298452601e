package cloud.wuye.device.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * One message to a device, as the contract's {@code down/cmd} has it.
 *
 * @param topic where it goes
 * @param body what it says
 */
record Transmission(String topic, Body body) {

    static Transmission of(DeviceCommand command, Route route, Instant now) {
        String by = command.origin == CommandOrigin.USER
                ? "user:" + command.by
                : command.origin.name().toLowerCase(java.util.Locale.ROOT);
        return new Transmission(
                route.topic(),
                new Body(
                        1,
                        command.id(),
                        command.op(),
                        command.args(),
                        command.notAfter(now).toString(),
                        by,
                        command.expectVersion() == null ? null : new Expect(command.expectVersion()),
                        route.child()));
    }

    /** The message's fields. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            int v,
            UUID id,
            String op,
            @JsonRawValue String args,
            String notAfter,
            String by,
            Expect expect,
            String child) {}

    /** What must hold for it to be done. */
    @RegisterForReflection
    record Expect(long stateVersion) {}
}
