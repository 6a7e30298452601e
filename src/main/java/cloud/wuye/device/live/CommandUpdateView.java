package cloud.wuye.device.live;

import cloud.wuye.device.command.CommandState;
import cloud.wuye.device.command.CommandView;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How far a command is. */
@Type("DeviceCommandUpdate")
@Description("How far a command is.")
public record CommandUpdateView(
        @Id @NonNull @Description("The command.") UUID commandId,
        @Id @NonNull @Description("The device it is for.") UUID deviceId,
        @NonNull @Description("Where it stands.") CommandState state) {
    static CommandUpdateView of(CommandView command) {
        return new CommandUpdateView(command.id(), command.deviceId(), command.state());
    }
}
