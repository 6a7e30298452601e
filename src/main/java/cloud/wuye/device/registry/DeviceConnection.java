package cloud.wuye.device.registry;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of devices. */
@Type("DeviceConnection")
@Description("A page of devices.")
public class DeviceConnection extends Connection<DeviceView, DeviceConnection.DeviceEdge> {
    public DeviceConnection(Page<DeviceView> page) {
        super(page, DeviceEdge::new);
    }

    /** A device and its place in the list. */
    @Type("DeviceEdge")
    @Description("A device and its place in the list.")
    public static class DeviceEdge extends Edge<DeviceView> {
        DeviceEdge(String cursor, DeviceView node) {
            super(cursor, node);
        }
    }
}
