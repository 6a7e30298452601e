/**
 * What staff watch live: devices and commands as they change. Holds no rules; it joins the registry, the switches and the
 * commands with the hints that {@code platform.live} carries between replicas.
 */
package cloud.wuye.device.live;
