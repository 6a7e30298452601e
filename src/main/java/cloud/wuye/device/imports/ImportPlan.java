package cloud.wuye.device.imports;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.device.registry.DeviceLifecycle;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an import will do with each row, once what the rows point to is known. */
final class ImportPlan {
    private final Lookup lookup;
    private final List<NewDevice> devices = new ArrayList<>();
    private final List<RowError> errors;
    private final Map<String, NewDevice> newGateways = new HashMap<>();
    private int unchanged;

    private ImportPlan(Lookup lookup, List<RowError> errors) {
        this.lookup = lookup;
        this.errors = new ArrayList<>(errors);
    }

    static ImportPlan of(DeviceSheet sheet, Lookup lookup) {
        ImportPlan plan = new ImportPlan(lookup, sheet.errors());
        // Gateways first: the others may hang on one that stands further down.
        sheet.rows().stream().filter(row -> row.kind() == DeviceKind.GATEWAY).forEach(plan::place);
        sheet.rows().stream().filter(row -> row.kind() != DeviceKind.GATEWAY).forEach(plan::place);
        plan.errors.sort(Comparator.comparingInt(RowError::row));
        return plan;
    }

    /** Gateways before what hangs on them. */
    List<NewDevice> devices() {
        return devices;
    }

    List<RowError> errors() {
        return errors;
    }

    /** Rows whose device is already there, which are left as they are: an import may be repeated. */
    int unchanged() {
        return unchanged;
    }

    private void place(SheetRow row) {
        Lookup.Known known = lookup.devices().get(row.serialNo());
        if (known != null) {
            if (known.kind() == row.kind() && known.lifecycle() != DeviceLifecycle.RETIRED) {
                unchanged++;
            } else {
                errors.add(RowError.of(row.row(), ImportColumn.SERIAL_NO, ProblemCode.ALREADY_EXISTS, row.serialNo()));
            }
            return;
        }
        int before = errors.size();
        UUID space = space(row);
        UUID gateway = gateway(row);
        if (errors.size() == before) {
            NewDevice device = new NewDevice(Ids.next(), row, space, gateway);
            devices.add(device);
            if (row.kind() == DeviceKind.GATEWAY) {
                newGateways.put(row.serialNo(), device);
            }
        }
    }

    private UUID space(SheetRow row) {
        if (row.space() == null) {
            return null;
        }
        List<UUID> found = lookup.spaces().getOrDefault(row.space(), List.of());
        if (found.size() != 1) {
            ProblemCode code = found.isEmpty() ? ProblemCode.NOT_FOUND : ProblemCode.IMPORT_SPACE_AMBIGUOUS;
            errors.add(RowError.of(row.row(), ImportColumn.SPACE, code, row.space()));
            return null;
        }
        return found.get(0);
    }

    private UUID gateway(SheetRow row) {
        if (row.gateway() == null) {
            return null;
        }
        NewDevice inFile = newGateways.get(row.gateway());
        Lookup.Known known = lookup.devices().get(row.gateway());
        boolean isGateway = inFile != null
                || known != null && known.kind() == DeviceKind.GATEWAY && known.lifecycle() != DeviceLifecycle.RETIRED;
        if (row.kind() == DeviceKind.GATEWAY || known != null && !isGateway) {
            errors.add(RowError.of(row.row(), ImportColumn.GATEWAY, ProblemCode.DEVICE_NOT_A_GATEWAY));
        } else if (!isGateway) {
            errors.add(RowError.of(row.row(), ImportColumn.GATEWAY, ProblemCode.NOT_FOUND, row.gateway()));
        }
        return inFile != null ? inFile.id() : known == null ? null : known.id();
    }
}
