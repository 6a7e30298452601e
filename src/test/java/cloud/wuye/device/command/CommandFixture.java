package cloud.wuye.device.command;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Commands for tests. */
final class CommandFixture {
    static final UUID TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");
    static final UUID DEVICE = UUID.fromString("00000000-0000-7000-8000-000000000002");

    private CommandFixture() {}

    static DeviceCommand command(CommandOp op, Long purchase, Instant now) {
        Duration lifetime = op.kind() == OpKind.MOMENTARY ? CommandOp.MOMENT : Order.PATIENCE;
        Order order = new Order(
                DEVICE, op, Map.of(), CommandOrigin.SYSTEM, Caller.system(TENANT), null, null, purchase, lifetime);
        return order.queue(Ids.next(), TENANT, "{}", now);
    }
}
