/**
 * What a service owes to the system that runs it: {@link
 * org.timeball.platform.service.ServiceManager} tells systemd how it is, {@link
 * org.timeball.platform.service.Signals} hears what the operator wants, {@link
 * org.timeball.platform.service.Realtime} asks for punctual threads. All of it works, by doing
 * nothing, where there is no systemd and no privilege.
 */
package org.timeball.platform.service;
