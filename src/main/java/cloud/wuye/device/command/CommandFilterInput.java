package cloud.wuye.device.command;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which commands a list shows; absent fields filter nothing. */
@Input("DeviceCommandFilterInput")
@Description("Which commands a list shows. Absent fields filter nothing.")
public record CommandFilterInput(
        @Id @Description("Only those to this device.") UUID deviceId,
        @Description("Only those in one of these states.") List<CommandState> states,
        @Description("Only this op, such as `relay.set`.") String op,
        @Description("Only those wanted by a person, a timetable or the service.") CommandOrigin origin,
        @Description("Only those queued in this span of time.") InstantRangeInput createdAt) {
    static final CommandFilterInput NONE = new CommandFilterInput(null, null, null, null, null);
}
