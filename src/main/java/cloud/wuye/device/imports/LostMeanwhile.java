package cloud.wuye.device.imports;

import cloud.wuye.platform.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Rows that lost, between the look-up and the writing, what they point to: each is an error of its own, and the others go on. */
final class LostMeanwhile {
    private final Set<UUID> standing;
    private final List<RowError> errors = new ArrayList<>();

    /** @param standing spaces and gateways that are held in use */
    LostMeanwhile(Set<UUID> standing) {
        this.standing = standing;
    }

    /** Gateways that stand now as well. */
    void stands(Set<UUID> gateways) {
        standing.addAll(gateways);
    }

    /** Those of the devices whose space still stands. */
    List<Minted> withSpace(List<Minted> devices) {
        return devices.stream()
                .filter(each -> stands(
                        each,
                        each.device().spaceId(),
                        ImportColumn.SPACE,
                        ProblemCode.SPACE_ARCHIVED,
                        each.device().row().space()))
                .toList();
    }

    /** Those whose gateway still stands, or was written by now. */
    List<Minted> withGateway(List<Minted> devices) {
        return devices.stream()
                .filter(each -> stands(each, each.device().gatewayId(), ImportColumn.GATEWAY, ProblemCode.STALE))
                .toList();
    }

    List<RowError> errors() {
        return errors;
    }

    private boolean stands(Minted each, UUID target, ImportColumn column, ProblemCode code, Object... arguments) {
        boolean stands = target == null || standing.contains(target);
        if (!stands) {
            errors.add(RowError.of(each.device().row().row(), column, code, arguments));
        }
        return stands;
    }
}
