package cloud.wuye.device.timetable;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of timetables is ordered by. */
@Description("What a list of timetables is ordered by.")
public enum TimetableSort implements ListSort {
    @Description("By when they were written, oldest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.asc("t.created_at", KeyType.INSTANT), Key.asc("t.id", KeyType.UUID))),
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("t.name", KeyType.TEXT), Key.asc("t.id", KeyType.UUID)));

    private final Keyset keyset;

    TimetableSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
