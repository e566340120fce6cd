package org.timeball.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.timeball.core.temperature.TemperatureModel;
import org.timeball.platform.clock.TemperatureSensor;
import org.timeball.platform.process.ThreadEnd;

/**
 * Reads the sensor of the temperature every ten seconds. A sensor that fails is told of once, and
 * asked again.
 */
final class Thermometer implements AutoCloseable {
  private static final Logger LOG = System.getLogger("timeball");

  /** Chosen: boards become warmer in minutes. */
  private static final long EVERY_SECONDS = 10;

  private final TemperatureSensor sensor;
  private final DoubleConsumer readings;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private String trouble = "";

  /** Begins to read; each reading in degrees Celsius is handed on, from a thread of its own. */
  Thermometer(TemperatureSensor sensor, DoubleConsumer readings) {
    this.sensor = sensor;
    this.readings = readings;
    thread = Thread.ofPlatform().name("thermometer").daemon().start(this::run);
  }

  /** The sensor of a path, or the usual one if the machine has it. */
  static Optional<TemperatureSensor> sensor(Optional<Path> file) {
    return file.map(TemperatureSensor::new).or(TemperatureSensor::usual);
  }

  private void run() {
    try {
      do {
        read();
      } while (!closing.await(EVERY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      LOG.log(Logger.Level.DEBUG, "the thermometer was asked to end");
    }
  }

  private void read() {
    try {
      double celsius = sensor.celsius();
      if (!TemperatureModel.isPlausible(celsius)) {
        throw new IOException(
            String.format(
                Locale.ROOT, "it reads %.1f degrees, which nothing here can be", celsius));
      }
      if (!trouble.isEmpty()) {
        trouble = "";
        LOG.log(Logger.Level.INFO, "{0}: the temperature can be read again", sensor.file());
      }
      readings.accept(celsius);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      if (!trouble.equals(why)) {
        trouble = why;
        LOG.log(
            Logger.Level.WARNING,
            "{0}: the temperature cannot be read ({1}); the clock is kept without it. Give another"
                + " file, or temperature = \"off\"",
            sensor.file(),
            trouble);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    ThreadEnd.await(thread);
  }
}
