package cloud.wuye.holiday;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of holiday calendars is ordered by. */
@Description("What a list of holiday calendars is ordered by.")
public enum HolidayCalendarSort implements ListSort {
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("name", KeyType.TEXT)));

    private final Keyset keyset;

    HolidayCalendarSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
