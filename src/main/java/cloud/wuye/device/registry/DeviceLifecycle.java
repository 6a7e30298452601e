package cloud.wuye.device.registry;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import org.eclipse.microprofile.graphql.Description;

/** Where a device stands in its life; each step refuses with ILLEGAL_STATE where it is not allowed. */
@Description("Where a device stands in its life.")
public enum DeviceLifecycle {
    @Description("Known, but never heard of yet.")
    REGISTERED,
    @Description("In service.")
    ACTIVE,
    @Description("Shut out for now: it may neither connect nor be given commands.")
    DISABLED,
    @Description("Gone for good; kept for its history.")
    RETIRED;

    DeviceLifecycle enabled() {
        return from(ACTIVE, this == DISABLED);
    }

    DeviceLifecycle disabled() {
        return from(DISABLED, this == REGISTERED || this == ACTIVE);
    }

    DeviceLifecycle retired() {
        return from(RETIRED, this != RETIRED);
    }

    private DeviceLifecycle from(DeviceLifecycle next, boolean allowed) {
        if (!allowed) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "id", this);
        }
        return next;
    }
}
