package cloud.wuye.device.registry;

import cloud.wuye.space.SpaceUse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A space stays in use while a device stands in it that is not retired. */
@ApplicationScoped
class DevicesInSpace implements SpaceUse {
    @Override
    public String what() {
        return "devices";
    }

    @Override
    public Uni<Boolean> occupies(UUID spaceId) {
        return Device.count("spaceId = ?1 and lifecycle <> ?2", spaceId, DeviceLifecycle.RETIRED)
                .map(count -> count > 0);
    }
}
