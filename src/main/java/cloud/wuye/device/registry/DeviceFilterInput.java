package cloud.wuye.device.registry;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which devices a list shows; absent fields filter nothing. */
@Input("DeviceFilterInput")
@Description("Which devices a list shows. Absent fields filter nothing; retired devices are left out unless asked for.")
public record DeviceFilterInput(
        @Description("Only these kinds.") List<DeviceKind> kinds,
        @Description("Only those in these stages of life.") List<DeviceLifecycle> lifecycles,
        @Description("Only those that answer, or do not.") DeviceConnectivity connectivity,
        @Id @Description("Only those in this space or below it.") UUID within,
        @Description("true: only those that stand nowhere.") Boolean unassigned,
        @Id @Description("Only those behind this gateway.") UUID gatewayId,
        @Description("Only those whose serial number, name, model or uid contains this, whatever its case.")
                String text) {
    static final DeviceFilterInput NONE = new DeviceFilterInput(null, null, null, null, null, null, null);

    /** The filter narrowed to some kinds: those it names of them, or all of them if it names none. */
    public static DeviceFilterInput only(DeviceFilterInput filter, List<DeviceKind> kinds) {
        DeviceFilterInput by = filter == null ? NONE : filter;
        List<DeviceKind> both = by.kinds() == null
                ? kinds
                : kinds.stream().filter(by.kinds()::contains).toList();
        return new DeviceFilterInput(
                both, by.lifecycles(), by.connectivity(), by.within(), by.unassigned(), by.gatewayId(), by.text());
    }
}
