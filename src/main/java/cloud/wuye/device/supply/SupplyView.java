package cloud.wuye.device.supply;

import cloud.wuye.device.inbox.ReportedSwitch;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How a device's switch stands, and why. */
@Type("Supply")
@Description("Whether power or water gets through at a device, whether it should, and why not.")
public record SupplyView(
        @Id @NonNull @Description("The device.") UUID deviceId,
        @NonNull @Description("ON exactly if nothing holds the device off.") SwitchState desired,
        @NonNull @Description("Since when.") Instant desiredSince,
        @Description("What the device said last; absent if it never did.") ReportedSwitch reported,
        @Description("When that was true.") Instant reportedAt,
        @Description("Whether the device has shown it, by a report or when it was asked; false while it rests on the "
                        + "acknowledgement of a command alone.")
                boolean confirmed,
        @NonNull @Description("What holds it off; several may stand side by side.") List<@NonNull HoldView> holds,
        @Description("Why it is off or not as it should be; absent when it is on and should be.") WhyOffView whyOff) {}
